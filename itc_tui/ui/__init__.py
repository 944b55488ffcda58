"""The terminal application; the only room that imports textual."""

import os

# Textual's repaint clock, read when it is imported: twice as often halves what a key waits for it,
# at the same work.
os.environ.setdefault("TEXTUAL_FPS", "120")
