"""How a target writes its tests: what a careful colleague would keep to."""

from __future__ import annotations

from fnmatch import fnmatch

from itc_tui.domain.record import Record


class Conventions(Record):
    line_length: int = 100
    quote: str = '"'
    style: str = "pytest"
    """`pytest`: functions with `assert`; `unittest`: classes with `self.assertEqual`."""
    function_patterns: tuple[str, ...] = ("test",)
    """pytest's `python_functions`: prefixes, or patterns with a star."""
    class_patterns: tuple[str, ...] = ("Test",)

    def function_name(self, words: str) -> str:
        """`words` is a slug: `order_reports_bad_input`."""
        return _named("test_", words, self.function_patterns, "_")

    def class_name(self, words: str) -> str:
        """`words` is in capitals: `DeskIntegration`."""
        return _named("Test", words, self.class_patterns, "")


def _named(usual: str, words: str, patterns: tuple[str, ...], joint: str) -> str:
    """The usual name where pytest collects it, else one that fits the first pattern."""
    names = [usual + words]
    for pattern in patterns:
        head, _, tail = pattern.partition("*")
        if "*" not in pattern and joint and not head.endswith(joint):
            head += joint
        names.append(head + words + tail)
    return next((name for name in names if _is_collected(name, patterns)), names[0])


def _is_collected(name: str, patterns: tuple[str, ...]) -> bool:
    return name.isidentifier() and any(
        fnmatch(name, pattern)
        if any(sign in pattern for sign in "*?[")
        else name.startswith(pattern)
        for pattern in patterns
    )
