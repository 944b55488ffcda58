"""A git command, and whatever hook it waits for, ends when the person says stop."""

from __future__ import annotations

import subprocess
import time

import pytest

from itc_tui.adapters.tree.plumbing.ending import heard_out
from itc_tui.domain.trouble import Stopped
from tests.fakes.pulled_meanwhile import PulledMeanwhile


def test_a_stop_that_comes_while_a_command_begins_is_heard() -> None:
    command = subprocess.Popen(
        ["sleep", "60"], stdout=subprocess.PIPE, stderr=subprocess.PIPE, start_new_session=True
    )
    began = time.monotonic()
    with pytest.raises(Stopped):
        heard_out(command, PulledMeanwhile())
    assert time.monotonic() - began < 30
