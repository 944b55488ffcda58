"""Live test output: the run's tests with their states, why one failed, and the raw log."""

from itc_tui.ui.panes.output.pane import OutputPane

__all__ = ["OutputPane"]
