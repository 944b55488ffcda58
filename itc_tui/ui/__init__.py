"""The terminal application; the only room that imports textual."""

import os

_CLOCK = "TEXTUAL_FPS"

if _CLOCK not in os.environ:
    # Textual's repaint clock, which it reads when it is imported. It stands still while nothing
    # changes: four times as quick as its own, a key waits for it a quarter as long, at no cost.
    os.environ[_CLOCK] = "250"
    import textual.constants  # noqa: F401

    del os.environ[_CLOCK]  # the person's tests run in our environment, and may be of Textual
