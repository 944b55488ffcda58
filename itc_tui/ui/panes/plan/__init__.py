"""Test design editor: the plan as a table that is edited in place."""

from itc_tui.ui.panes.plan.pane import PlanPane

__all__ = ["PlanPane"]
