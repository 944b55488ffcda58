"""The registry of repairs: one rule each, tried in this order."""

from __future__ import annotations

from itc_tui.engines.builtin.repairs.awaiting import mend_coroutine
from itc_tui.engines.builtin.repairs.calls import mend_keyword, mend_positional
from itc_tui.engines.builtin.repairs.damage import Repair
from itc_tui.engines.builtin.repairs.expectations import (
    mend_error,
    mend_message,
    mend_order,
    mend_value,
)
from itc_tui.engines.builtin.repairs.flickering import seed_random, stop_clock
from itc_tui.engines.builtin.repairs.names import mend_attribute, mend_import, mend_undefined
from itc_tui.engines.builtin.repairs.places import mend_fixture, mend_folder

#: Name → rule. What is surely a mistake of the test comes first, a new value last.
REPAIRS: dict[str, Repair] = {
    "import": mend_import,
    "undefined name": mend_undefined,
    "attribute": mend_attribute,
    "coroutine": mend_coroutine,
    "keyword": mend_keyword,
    "positional": mend_positional,
    "fixture": mend_fixture,
    "folder": mend_folder,
    "error type": mend_error,
    "error message": mend_message,
    "order": mend_order,
    "random": seed_random,
    "clock": stop_clock,
    "value": mend_value,
}
