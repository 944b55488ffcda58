"""The three commit messages of the specification, and those for what a person decides."""

from __future__ import annotations


def development(module: str) -> str:
    return f"test(integration): generate integration tests for {_one_line(module)}"


def gain(iteration: int, strategy: str, old_rate: float, new_rate: float) -> str:
    return (
        f"test(integration): iteration {iteration} - {strategy} "
        f"(pass: {percent(old_rate)} → {percent(new_rate)})"
    )


def rollback(iteration: int) -> str:
    return f"test(integration): rollback iteration {iteration} - regression detected"


def restated(module: str) -> str:
    """Docstrings say who approved what their tests expect."""
    return f"test(integration): note what was approved for {_one_line(module)}"


def taken_back(message: str) -> str:
    """A person took it back by hand."""
    subject = message.splitlines()[0].removeprefix("test(integration): ")
    return f"test(integration): take back “{subject}”"


def percent(rate: float) -> str:
    return f"{rate:g}%"


def _one_line(text: str) -> str:
    return " ".join(text.split())[:60]
