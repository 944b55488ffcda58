"""`reflection-log.md`: the text for people, made from the state, kept beside their own notes."""

from itc_tui.domain.log.document import fresh_log, updated_log

__all__ = ["fresh_log", "updated_log"]
