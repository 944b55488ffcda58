"""What a screen needs of the machine: the person's editor, the clipboard, a small memory."""

from __future__ import annotations

import json
import os
import shlex
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path

import platformdirs

from itc_tui.domain.trouble import Trouble

_EDITORS = ("nano", "vi")
_NATIVE_CLIPBOARDS: dict[str, tuple[tuple[str, ...], ...]] = {
    "darwin": (("pbcopy",),),
    "linux": (("wl-copy",), ("xclip", "-selection", "clipboard"), ("xsel", "-ib")),
    "win32": (("clip",),),
}
_COPY_LIMIT_S = 3
#: Editors that open a file at `+LINE`.
_JUMPING = {"vi", "vim", "nvim", "nano", "emacs", "emacsclient", "kak", "micro", "ne", "joe"}


def open_in_editor(file: Path, line: int = 0) -> None:
    """Wait until the editor of the person is closed."""
    command = _editor()
    name = Path(command[0]).name
    if line > 0 and name in _JUMPING:
        command = [*command, f"+{line}"]
    elif name in {"code", "codium"}:
        command = [*command, "--wait", "--goto"]
        file = Path(f"{file}:{line}") if line > 0 else file
    try:
        done = subprocess.run([*command, str(file)], check=False)
    except OSError as error:
        raise Trouble(
            f"The editor {command[0]} cannot be run ({error.strerror}); "
            "set the variable EDITOR to the one you like."
        ) from error
    if done.returncode != 0:
        raise Trouble(f"The editor {command[0]} ended with code {done.returncode}.")


def edited_text(text: str, suffix: str) -> str:
    """The text as the person's editor left it."""
    try:
        with tempfile.TemporaryDirectory(prefix="itc-edit-") as folder:
            file = Path(folder) / f"plan{suffix}"
            file.write_text(text, encoding="utf-8")
            try:
                open_in_editor(file)
            except Trouble as trouble:
                raise Trouble(f"{trouble.sentence} {_left_in(file, text)}") from trouble
            return file.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise Trouble(f"What the editor left cannot be read ({error}).") from error


def _left_in(file: Path, before: str) -> str:
    """Whoever asks git for a commit knows it so: an editor that fails gives up the edit."""
    try:
        text = file.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError):
        text = before
    if text == before:
        return "Nothing was changed."
    kept = saved_copy(text, f"edited{file.suffix}")
    return f"What you wrote is not taken up; it is kept in {kept}."


def copy_natively(text: str) -> bool:
    """By a clipboard tool of the desktop, else into tmux; False when neither took it."""
    tools = list(_NATIVE_CLIPBOARDS.get(sys.platform, ()))
    if sys.platform == "linux" and not (os.environ.get("DISPLAY") or _is_wayland()):
        tools = []
    if os.environ.get("TMUX"):
        tools.append(("tmux", "load-buffer", "-w", "-"))
    return any(_fed(tool, text) for tool in tools if shutil.which(tool[0]))


def saved_copy(text: str, name: str = "copied.txt") -> str:
    """The path of a file that holds the text."""
    folder = Path(platformdirs.user_state_dir("itc-tui", appauthor=False))
    file = folder / name
    try:
        folder.mkdir(parents=True, exist_ok=True)
        file.write_text(text, encoding="utf-8", errors="replace")
    except OSError as error:
        raise Trouble(f"{file} cannot be written ({error.strerror}).") from error
    return str(file)


class ScreenMemory:
    """Small things about the screen that last; losing them costs nothing, so nothing is raised."""

    def __init__(self, file: Path | None = None) -> None:
        folder = Path(platformdirs.user_state_dir("itc-tui", appauthor=False))
        self._file = file or folder / "screen.json"

    def recall(self, key: str) -> str:
        return self._load().get(key, "")

    def remember(self, key: str, value: str) -> None:
        content = json.dumps(self._load() | {key: value}, ensure_ascii=False)
        try:
            self._file.parent.mkdir(parents=True, exist_ok=True)
            part = self._file.with_suffix(".part")
            part.write_text(content, encoding="utf-8")
            part.replace(self._file)
        except OSError:
            return

    def _load(self) -> dict[str, str]:
        try:
            raw = json.loads(self._file.read_text(encoding="utf-8"))
        except (OSError, ValueError):
            return {}
        return {str(key): str(value) for key, value in raw.items()} if _is_table(raw) else {}


def _is_table(raw: object) -> bool:
    return isinstance(raw, dict)


def _editor() -> list[str]:
    for name in ("VISUAL", "EDITOR"):
        try:
            words = shlex.split(os.environ.get(name, ""))
        except ValueError as error:
            raise Trouble(f"The variable {name} is no command ({error}); correct it.") from error
        if words:
            return words
    found = next((name for name in _EDITORS if shutil.which(name)), None)
    if found is None:
        raise Trouble("No editor is set; set the variable EDITOR to the one you like.")
    return [found]


def _is_wayland() -> bool:
    return bool(os.environ.get("WAYLAND_DISPLAY"))


def _fed(command: Sequence[str], text: str) -> bool:
    try:
        done = subprocess.run(
            command,
            input=text.encode(),
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            timeout=_COPY_LIMIT_S,
            check=False,
        )
    except (OSError, subprocess.TimeoutExpired):
        return False
    return done.returncode == 0
