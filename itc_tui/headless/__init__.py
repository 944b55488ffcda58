"""The same loop, printed; proof that it needs no screen."""

from itc_tui.headless.drive import drive
from itc_tui.headless.signals import signals_pull
from itc_tui.headless.voices import JsonVoice, PlainVoice, RichVoice, Voice, voice_for

__all__ = ["JsonVoice", "PlainVoice", "RichVoice", "Voice", "drive", "signals_pull", "voice_for"]
