"""The thread and the process that check spelling: real ones, also dying and hanging."""

from __future__ import annotations

import sys
import threading
from collections.abc import Callable, Iterator
from pathlib import Path
from queue import SimpleQueue
from typing import TypeVar

import pytest

from reporterdesk.spelling import service as module
from reporterdesk.spelling.process import ChildEnded, SpellingProcess
from reporterdesk.spelling.service import (
    Answer,
    Begun,
    Checked,
    GaveUp,
    SpellingService,
    Suggested,
)
from support.dictionaries import write_english, write_urdu

T = TypeVar("T")
Maker = Callable[..., tuple[SpellingService, "SimpleQueue[Answer]"]]


@pytest.fixture
def make(tmp_path: Path) -> Iterator[Maker]:
    """Return what makes services over two dictionaries, and closes them."""
    write_english(tmp_path / "dictionaries")
    write_urdu(tmp_path / "dictionaries")
    made: list[SpellingService] = []

    def build(
        process: Callable[[], SpellingProcess] = SpellingProcess,
    ) -> tuple[SpellingService, SimpleQueue[Answer]]:
        answers: SimpleQueue[Answer] = SimpleQueue()
        made.append(SpellingService(answers.put, [tmp_path / "dictionaries"], process))
        return made[-1], answers

    yield build
    for one in made:
        one.close()


def told(answers: SimpleQueue[Answer], kind: type[T]) -> T:
    """Return the next answer of a kind."""
    while not isinstance(answer := answers.get(timeout=30), kind):
        pass
    return answer


def test_it_checks_and_suggests(make: Maker) -> None:
    service, answers = make()
    service.begin("en", ("en-GB",), {"Lahore"})
    assert told(answers, Begun) == Begun("en", "en_GB", spelled=True)
    service.check(7, ["The metting in Lahore", "", "شہر کی نہرر میں لوگ ہے"])
    assert told(answers, Checked) == Checked(7, (((4, 11),), (), ((7, 11),)))
    service.suggest("metting")
    assert told(answers, Suggested) == Suggested("metting", ("meeting",))
    service.accept({"metting"})
    service.check(8, ["The metting in Lahore"])
    assert told(answers, Checked) == Checked(8, (((15, 21),),))
    service.begin("fr", (), ())
    assert told(answers, Begun) == Begun("fr", None, spelled=True)
    service.begin("zh", (), ())
    assert told(answers, Begun) == Begun("zh", None, spelled=False)


def test_thread_and_process_end_with_it(make: Maker) -> None:
    made: list[SpellingProcess] = []

    def process() -> SpellingProcess:
        made.append(SpellingProcess())
        return made[-1]

    service, answers = make(process)
    service.begin("en", (), ())
    told(answers, Begun)
    service.check(1, ["metting " * 20_000])  # it is closed in the middle of its work
    service.close()
    assert made[0]._child.poll() is not None
    assert not any(thread.name.startswith("spelling") for thread in threading.enumerate())
    service.close()
    service.check(2, ["word"])


def test_closed_before_it_was_used(make: Maker) -> None:
    service, _ = make()
    service.close()


def test_a_process_that_was_killed_is_started_again(make: Maker) -> None:
    made: list[SpellingProcess] = []

    def process() -> SpellingProcess:
        made.append(SpellingProcess())
        return made[-1]

    service, answers = make(process)
    service.begin("en", (), {"Lahore"})
    told(answers, Begun)
    made[0]._child.kill()
    service.check(1, ["metting in Lahore"])
    assert told(answers, Checked) == Checked(1, (((0, 7),),))
    assert len(made) == 2


_CHILD = """
import json, sys, time
for line in sys.stdin:
    asked = json.loads(line)
    def say(words):
        print(json.dumps(words), flush=True)
    {body}
"""


def child(body: str) -> Callable[[], SpellingProcess]:
    """Return what starts a child that does ``body`` with each question."""
    command = [sys.executable, "-c", _CHILD.format(body=body)]
    return lambda: SpellingProcess(command)


def test_a_dictionary_that_brings_the_process_down_is_left_out(make: Maker) -> None:
    body = """
    if asked["do"] == "find":
        avoid = asked["avoid"]
        say({})
    elif asked["do"] == "begin" and not avoid:
        say({"opening": "bad.dic"})
        sys.exit(1)
    elif asked["do"] == "begin":
        say({"dictionary": ",".join(avoid), "spelled": True})
    else:
        say({})
    """
    service, answers = make(child(body.strip()))
    service.begin("en", (), ())
    assert told(answers, Begun) == Begun("en", "bad.dic", spelled=True)


@pytest.mark.parametrize(
    "body", ["sys.exit(1)", "say('no object')", "print('nonsense', flush=True)"]
)
def test_it_gives_up_where_no_process_lives(make: Maker, body: str) -> None:
    service, answers = make(child(body))
    service.begin("en", (), ())
    told(answers, GaveUp)
    service.check(1, ["word"])  # nothing comes of it
    service.close()
    assert answers.empty()


def test_it_gives_up_where_none_can_be_started(make: Maker, tmp_path: Path) -> None:
    service, answers = make(lambda: SpellingProcess([str(tmp_path / "nothing")]))
    service.begin("en", (), ())
    told(answers, GaveUp)


def test_suggestions_that_take_too_long_are_none(
    make: Maker, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "SUGGESTING_SECONDS", 0.05)
    body = "time.sleep(60) if asked['do'] == 'suggest' else say({'dictionary': 'x', 'spelled': 1})"
    service, answers = make(child(body))
    service.begin("en", (), ())
    told(answers, Begun)
    service.suggest("word")
    assert told(answers, Suggested) == Suggested("word", ())
    service.begin("de", (), ())
    assert told(answers, Begun).language == "de"


def test_a_child_ends_with_its_input() -> None:
    process = SpellingProcess()
    assert process._child.stdin is not None
    process._child.stdin.close()
    assert process._child.wait(timeout=30) == 0
    with pytest.raises(ChildEnded):
        process.ask({"do": "suggest", "word": "x"}, 5)
    process.kill()
    process.kill()
