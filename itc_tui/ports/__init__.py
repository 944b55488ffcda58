"""All that the loop asks of the world; adapters and engines answer."""

from itc_tui.ports.box import Box, BoxOrder, BoxReport, BoxWalls
from itc_tui.ports.engine import Engine
from itc_tui.ports.prover import PROOF_STEPS, ProofOrder, Prover
from itc_tui.ports.repository import Commit, Readiness, Repository
from itc_tui.ports.runner import Runner, RunOrder
from itc_tui.ports.session_store import SessionStore
from itc_tui.ports.steering import Pace, Steering, StopSwitch
from itc_tui.ports.steps import Steps, as_step, heard_out, retold
from itc_tui.ports.surroundings import Clock, IssueDesk, Library, Watcher
from itc_tui.ports.world import Limits, World

__all__ = [
    "PROOF_STEPS",
    "Box",
    "BoxOrder",
    "BoxReport",
    "BoxWalls",
    "Clock",
    "Commit",
    "Engine",
    "IssueDesk",
    "Library",
    "Limits",
    "Pace",
    "ProofOrder",
    "Prover",
    "Readiness",
    "Repository",
    "RunOrder",
    "Runner",
    "SessionStore",
    "Steering",
    "Steps",
    "StopSwitch",
    "Watcher",
    "World",
    "as_step",
    "heard_out",
    "retold",
]
