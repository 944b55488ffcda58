"""The same loop, printed; proof that it needs no screen."""

from itc_tui.headless.drive import drive
from itc_tui.headless.voices import JsonVoice, PlainVoice, RichVoice, Voice, voice_for

__all__ = ["JsonVoice", "PlainVoice", "RichVoice", "Voice", "drive", "exit_code_of", "voice_for"]
