"""An exception that the docstring announces is a promise, not an observation."""

from __future__ import annotations

import re
from dataclasses import replace

from itc_tui.engines.builtin.oracles.promise import Facts
from itc_tui.engines.builtin.witnesses import Witness


def judge(witness: Witness, facts: Facts) -> Witness:
    raised = dict(witness.raised)
    for at, error in witness.raised.items():
        code = witness.program.steps[at].code
        for name in re.findall(r"([A-Za-z_]\w*)\s*\(", code):
            for dotted, errors in facts.documented_errors.items():
                if dotted.rpartition(".")[2] == name and error.name.rpartition(".")[2] in errors:
                    raised[at] = replace(error, source=f"documented by {dotted}")
    return witness.but(raised=raised)
