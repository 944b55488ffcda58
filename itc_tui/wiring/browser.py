"""The application in a browser, where its extra is installed."""

from __future__ import annotations

import sys
from collections.abc import Callable, Sequence

from itc_tui.domain.trouble import Trouble


def serve_in_browser(words: Sequence[str], port: int, tell: Callable[[str], None]) -> None:
    """`words` are what would be written after `itc`."""
    try:
        from itc_tui.adapters.browser.server import serve
    except ImportError as missing:
        raise Trouble(
            f"`itc serve` needs an extra that is not installed here ({missing.name} is missing): "
            "pip install 'itc-tui[serve]'."
        ) from missing
    # -P: a file of the person's repository must not stand in for a library.
    serve((sys.executable, "-P", "-m", "itc_tui", *words), port, tell)
