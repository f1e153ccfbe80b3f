"""How many random bills each property is tried on: TKDN_EXAMPLES, 200 where it is not set, and then the same ones each time, so
that a change is judged by what it changes. `TKDN_EXAMPLES=2000` looks further."""

from __future__ import annotations

import os

from hypothesis import HealthCheck, settings

EXAMPLES = int(os.environ.get("TKDN_EXAMPLES", "200"))
_SAME = "TKDN_EXAMPLES" not in os.environ
_UNTIMED = [HealthCheck.too_slow, HealthCheck.data_too_large, HealthCheck.filter_too_much]

full = settings(max_examples=EXAMPLES, deadline=None, derandomize=_SAME, suppress_health_check=_UNTIMED)
some = settings(max_examples=max(1, EXAMPLES // 4), deadline=None, derandomize=_SAME, suppress_health_check=_UNTIMED)
"""For properties that assess each bill several times."""
seldom = settings(max_examples=max(1, EXAMPLES // 10), deadline=None, derandomize=_SAME, suppress_health_check=_UNTIMED)
"""For properties that ask everything of a bill, several times."""
