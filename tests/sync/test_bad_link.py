"""The bad link itself, over real sockets: what passes, what is cut where, and what is said."""

from __future__ import annotations

import socket
import sys
import threading
from collections.abc import Iterator
from random import Random

import pytest
import requests

from reporterdesk.demo.bad_link.counts import CutPlan
from reporterdesk.demo.bad_link.login_page import AGREE_PATH, LOGIN_PATH
from reporterdesk.demo.bad_link.pace import Pace
from reporterdesk.demo.bad_link.profiles import (
    CLEAR,
    PROFILES,
    Cut,
    How,
    Kind,
    Profile,
    Side,
    Way,
    profile_named,
)
from support.bad_links import LinkOnAThread, bad_link, link_process
from support.echoing import EchoServer, calling, echo_server, hear

SHAKY = Profile("shaky", "", "", Way(900_000, 0.001, 0.02), Way(700_000, 0.001, 0.02))


@pytest.fixture
def echo() -> Iterator[EchoServer]:
    with echo_server() as server:
        yield server


@pytest.fixture
def link(echo: EchoServer) -> Iterator[LinkOnAThread]:
    with bad_link(echo.url) as laid:
        yield laid


def refused(url: str) -> bool:
    try:
        with calling(url) as line:
            return hear(line) == b""
    except ConnectionError:  # it came before connecting had ended
        return True


def test_a_pace_lets_out_what_its_rate_allows_over_all_connections() -> None:
    pace = Pace(1_000, credit=0)
    assert [pace.wait(500, now) for now in (10.0, 10.0, 10.5, 20.0)] == [0.5, 1.0, 1.0, 0.5]


def test_a_pace_makes_up_for_late_timers_but_not_for_idle_hours() -> None:
    pace = Pace(1_000, credit=0.05)
    assert pace.wait(100, 3_600.0) == pytest.approx(0.05)
    assert pace.wait(100, 3_600.07) == pytest.approx(0.08)  # 20 ms late, and nothing is lost


def test_a_link_without_a_rate_never_waits() -> None:
    assert Pace(None).wait(10**9, 0.0) == 0.0


def test_a_plan_cuts_once_or_again_and_one_way_only() -> None:
    once = CutPlan(Cut(Side.UP, 10))
    assert once.allowed(Side.DOWN, 50) == (50, None)
    assert once.allowed(Side.UP, 9) == (9, None)
    assert once.allowed(Side.UP, 5) == (1, Cut(Side.UP, 10))
    assert once.allowed(Side.UP, 99) == (99, None)
    again = CutPlan(Cut(Side.UP, 10, again=True))
    assert [again.allowed(Side.UP, 25)[0] for _ in range(3)] == [10, 10, 10]


def test_every_profile_has_its_name_and_words() -> None:
    assert list(PROFILES) == ["edge", "2g", "cafe", "train", "basement", "portal"]
    for name, profile in PROFILES.items():
        assert profile.name == name
        assert profile.title
        assert profile.words.endswith(".")
        assert profile_named(name) is profile
    basement = PROFILES["basement"]
    assert (basement.up.rate, basement.round_trip) == (8_000, 1.0)


def test_everything_arrives_in_order_however_much_it_shakes(echo: EchoServer) -> None:
    said = Random(4).randbytes(150_000)
    with bad_link(echo.url, SHAKY) as link, calling(link.url) as line:
        threading.Thread(target=line.sendall, args=(said,), daemon=True).start()
        assert hear(line, len(said)) == said
        counts = link.counts
    assert (counts.up, counts.down) == (len(said), len(said))
    assert (counts.connections, counts.cuts) == (1, 0)


@pytest.mark.parametrize("how", [How.RESET, How.CLOSE])
@pytest.mark.parametrize("after", [1, 100, 4_000])
def test_a_cut_up_lets_just_so_many_bytes_arrive(
    link: LinkOnAThread, echo: EchoServer, how: How, after: int
) -> None:
    link.plan_cut(Cut(Side.UP, after, how))
    with calling(link.url) as line:
        line.sendall(b"x" * 4_000)
        hear(line)
    assert [len(said) for said in echo.ended(1)] == [after]
    assert (link.counts.up, link.counts.cuts) == (after, 1)
    with calling(link.url) as line:
        line.sendall(b"again")
        assert hear(line, 5) == b"again"


@pytest.mark.parametrize("after", [1, 2_500])
def test_a_cut_down_lets_just_so_many_bytes_arrive(link: LinkOnAThread, after: int) -> None:
    link.plan_cut(Cut(Side.DOWN, after, How.CLOSE))
    with calling(link.url) as line:
        line.sendall(b"y" * 4_000)
        assert len(hear(line)) == after
    assert link.counts.down == after


def test_a_half_cut_ends_one_way_and_the_answer_still_comes(
    link: LinkOnAThread, echo: EchoServer
) -> None:
    link.plan_cut(Cut(Side.UP, 700, How.HALF))
    with calling(link.url) as line:
        line.sendall(b"z" * 1_000)
        assert len(hear(line)) == 700
    assert len(echo.heard[0].said) == 700


def test_a_cut_again_and_again_counts_all_connections_together(
    link: LinkOnAThread, echo: EchoServer
) -> None:
    link.plan_cut(Cut(Side.UP, 1_000, How.CLOSE, again=True))
    for _ in range(3):
        with calling(link.url) as line:
            line.sendall(b"w" * 600)
            assert hear(line, 600)
        with calling(link.url) as line:
            line.sendall(b"w" * 600)
            hear(line)
    assert sorted(len(said) for said in echo.ended(6)) == [400] * 3 + [600] * 3
    # A line whose caller has just hung up may still be there, and is cut with the other.
    assert link.counts.cuts >= 3


def test_nothing_passes_a_stall_and_everything_comes_after_it(
    link: LinkOnAThread, echo: EchoServer
) -> None:
    with calling(link.url) as line:
        line.sendall(b"before")
        assert hear(line, 6) == b"before"
        link.trouble(Kind.STALL)
        line.sendall(b"after")
        line.settimeout(0.1)
        with pytest.raises(TimeoutError):
            line.recv(10)
        assert bytes(echo.heard[0].said) == b"before"
        link.heal()
        line.settimeout(30)
        assert hear(line, 5) == b"after"


def test_a_hole_takes_connections_and_never_says_a_word(
    link: LinkOnAThread, echo: EchoServer
) -> None:
    with calling(link.url) as old:
        old.sendall(b"before")
        assert hear(old, 6) == b"before"
        link.trouble(Kind.HOLE)
        with calling(link.url) as new:
            for line in (old, new):
                line.settimeout(0.1)
                line.sendall(b"is anybody there?")
                with pytest.raises(TimeoutError):
                    line.recv(10)
        link.heal()
        old.sendall(b"and now?")  # the network has forgotten this one for good
        with pytest.raises(TimeoutError):
            old.recv(10)
    assert [bytes(heard.said) for heard in echo.heard] == [b"before"]
    with calling(link.url) as line:
        line.sendall(b"well")
        assert hear(line, 4) == b"well"


def test_a_link_that_is_down_cuts_and_refuses(link: LinkOnAThread) -> None:
    with calling(link.url) as old:
        old.sendall(b"before")
        assert hear(old, 6) == b"before"
        link.trouble(Kind.DOWN)
        assert hear(old) == b""
    assert refused(link.url)
    link.heal()
    with calling(link.url) as line:
        line.sendall(b"well")
        assert hear(line, 4) == b"well"


def test_a_server_that_is_gone_is_a_refused_connection(
    link: LinkOnAThread, echo: EchoServer
) -> None:
    echo.close()
    assert refused(link.url)


def test_a_login_page_answers_everything_until_somebody_logs_in(
    link: LinkOnAThread, echo: EchoServer
) -> None:
    with calling(link.url) as old:
        old.sendall(b"before")
        assert hear(old, 6) == b"before"
        link.use(PROFILES["portal"])
        assert hear(old) == b""
    moved = requests.put(
        f"{link.url}/v1/reports/1", data=b"r" * 300_000, allow_redirects=False, timeout=30
    )
    assert (moved.status_code, moved.headers["Location"]) == (302, f"{link.url}{LOGIN_PATH}")
    page = requests.get(moved.headers["Location"], allow_redirects=False, timeout=30)
    assert (page.status_code, page.headers["Content-Type"]) == (200, "text/html; charset=utf-8")
    assert AGREE_PATH in page.text
    with pytest.raises(requests.exceptions.SSLError):
        requests.get(link.url.replace("http:", "https:"), allow_redirects=False, timeout=30)
    assert [bytes(heard.said) for heard in echo.heard] == [b"before"]
    assert (
        "You are on line"
        in requests.get(f"{link.url}{AGREE_PATH}", allow_redirects=False, timeout=30).text
    )
    with calling(link.url) as line:
        line.sendall(b"through")
        assert hear(line, 7) == b"through"


def test_a_request_that_is_not_one_gets_the_page_too(link: LinkOnAThread) -> None:
    link.use(PROFILES["portal"])
    with calling(link.url) as line:
        line.sendall(b"\xff\xfe nonsense\r\n\r\n")
        assert hear(line).startswith(b"HTTP/1.1 200 OK")
    with calling(link.url) as line:  # who says nothing hears nothing
        line.shutdown(socket.SHUT_WR)
        assert hear(line) == b""


def test_the_process_is_told_what_to_be_and_tells_what_it_carried(echo: EchoServer) -> None:
    with link_process(echo.url) as link:
        with calling(link.url) as line:
            line.sendall(b"12345")
            assert hear(line, 5) == b"12345"
            counts = link.tell("counts")
            assert (counts["up"], counts["down"], counts["connections"]) == (5, 5, 1)
            assert link.tell("cut", how="close")["cuts"] == 1
            assert hear(line) == b""
        assert link.tell("cut_after", bytes=3, side="up", how="close")["profile"] == "clear"
        with calling(link.url) as line:
            line.sendall(b"12345")
            assert hear(line) in {b"", b"123", b"12", b"1"}
        for wrong in ("fly", "use", "cut_after"):
            assert "error" in link.tell(wrong)
        assert link.tell("use", profile="portal")["profile"] == "portal"
        assert requests.get(link.url, allow_redirects=False, timeout=30).status_code == 302
        link.tell("log_in")
        with calling(link.url) as line:
            line.sendall(b"12345")
            assert hear(line, 5) == b"12345"
        assert link.tell("reset_counts")["up"] == 0
    # Whoever started it has closed its input, and it has ended.
    assert link.process.returncode == 0


@pytest.mark.parametrize(
    ("server", "code"), [("ftp://127.0.0.1", 2), ("http://127.0.0.1:99999", 2), ("nowhere", 2)]
)
def test_an_address_that_is_none_is_refused(server: str, code: int, capsys) -> None:
    from reporterdesk.cli import main

    assert main(["bad-link", "--server", server]) == code
    assert "is not an address of a server" in capsys.readouterr().err


def test_a_port_that_is_taken_is_told(echo: EchoServer, capsys) -> None:
    from reporterdesk.cli import main

    port = echo.url.rsplit(":", 1)[1]
    assert main(["bad-link", "--server", "http://127.0.0.1:9", "--port", port]) == 1
    assert f"Cannot listen at port {port}" in capsys.readouterr().err


def test_it_needs_nothing_but_the_standard_library() -> None:
    import subprocess

    code = "import sys; import reporterdesk.demo.bad_link.__main__; print(*sys.modules)"
    loaded = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True
    ).stdout.split()
    heavy = {"PySide6", "requests", "sqlalchemy", "fastapi", "pydantic", "PIL"}
    assert not heavy & {name.partition(".")[0] for name in loaded}
    assert CLEAR.cut is None
