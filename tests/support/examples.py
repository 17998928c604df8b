"""How many examples a property test tries: few in the suite, as many as there are in a long run."""

from __future__ import annotations

import os

from hypothesis import HealthCheck, settings

_LONG = os.environ.get("HYPOTHESIS_PROFILE") == "long"


def examples(in_suite: int, *, in_long: int | None = None) -> settings:
    """Return the settings for a test that tries ``in_suite`` examples, whatever they take.

    The long run (``HYPOTHESIS_PROFILE=long``) tries as many as its profile says, or ``in_long``.
    Fixtures are made once for all examples: each begins with a text of its own.
    """
    return settings(
        max_examples=(in_long or settings.default.max_examples) if _LONG else in_suite,
        suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
        deadline=None,
    )
