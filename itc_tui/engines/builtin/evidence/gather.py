"""Reads a target's sources and documents once, and hands out what they show."""

from __future__ import annotations

import ast
import re
import warnings
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import islice
from pathlib import Path

from itc_tui.domain.target import Target
from itc_tui.engines.builtin.evidence.calls import Evidence, arguments_in, merged
from itc_tui.engines.builtin.evidence.definitions import Definition, definitions_of
from itc_tui.engines.builtin.evidence.docstrings import announced_errors, documented
from itc_tui.engines.builtin.evidence.echoes import without_what_takes_anything
from itc_tui.engines.builtin.evidence.files_read import files_below, text_of
from itc_tui.engines.builtin.evidence.files_shown import Sample, sample_of, with_their_files
from itc_tui.engines.builtin.evidence.fixed_moment import examples_at_a_fixed_moment
from itc_tui.engines.builtin.evidence.free_names import PublicNames, completed, without_unknown
from itc_tui.engines.builtin.evidence.places_shown import in_a_folder_of_its_own
from itc_tui.engines.builtin.evidence.quoting import is_sample, quoted_in
from itc_tui.engines.builtin.evidence.shell_lines import is_for_a_shell, shell_lines
from itc_tui.engines.builtin.evidence.snippets import (
    Example,
    Piece,
    blocks_of,
    examples_of,
    mentions,
    piece_of_code,
    pieces_of,
)
from itc_tui.engines.builtin.evidence.source_reading import (
    defined_in,
    docstrings_in,
    words_in,
)
from itc_tui.engines.builtin.evidence.telling_apart import apart
from itc_tui.engines.builtin.evidence.variables import (
    note_settings,
    set_by_code,
    setting_steps,
    settings_in,
)
from itc_tui.engines.builtin.inside.parsing import parsed_source

_NOT_SAMPLES = {"python", "py", "python3", "pycon", "bash", "sh", "shell", "console"}
_MAX_EXAMPLES, _MOST_WRITTEN_DOWN = 300, 450
_MOST_SAMPLES, _LONGEST_SAMPLE = 90, 1500
_MAX_PHRASES = 300


@dataclass
class Shown:
    """What sources and documents show."""

    examples: list[Example] = field(default_factory=list)
    definitions: list[Definition] = field(default_factory=list)
    """Classes and functions that documents write down for themselves."""
    arguments: Evidence = field(default_factory=dict)
    words: dict[str, list[str]] = field(default_factory=dict)
    """Module → string constants in its code."""
    texts: list[str] = field(default_factory=list)
    """Samples of other languages in the documents: what a file may hold."""
    samples: list[Sample] = field(default_factory=list)
    """The same, with what documents call them."""
    phrases: list[str] = field(default_factory=list)
    """What the documents quote within their sentences, and is more than a name."""
    commands: list[list[str]] = field(default_factory=list)
    """Commands in the documents' shell blocks, each with its words."""
    variables: dict[str, list[str]] = field(default_factory=dict)
    """Environment variable → what documents and tests set it to."""
    summaries: dict[str, str] = field(default_factory=dict)
    """First docstring line of functions and classes, by dotted name."""
    documented_errors: dict[str, frozenset[str]] = field(default_factory=dict)
    """Dotted function → exceptions that its docstring announces."""
    exports: dict[str, str] = field(default_factory=dict)
    """Public name → the module that it is best imported from."""
    left_out: list[tuple[str, str]] = field(default_factory=list)
    """Examples that are no evidence, each with the reason."""
    lines_of: dict[str, int] = field(default_factory=dict)
    """Source file of the packages → lines of code."""

    @property
    def lines_of_code(self) -> int:
        return sum(self.lines_of.values())


@dataclass(frozen=True)
class _Document:
    """Example code of one file or docstring, which may lean on a module's names."""

    pieces: list[Piece]
    module: str = ""
    names: frozenset[str] = frozenset()


def gather(target: Target) -> Shown:
    shown, public = Shown(), PublicNames()
    documents: list[_Document] = []
    root = Path(target.root)
    trees: list[ast.AST] = []
    own: list[tuple[str, ast.Module]] = []
    for path in files_below(root):
        text = text_of(path)
        if text is None:
            continue
        where = path.relative_to(root).as_posix()
        if path.suffix == ".py":
            documents += _read_source(where, text, target, shown, trees, own)
        elif not re.search(r"(?i)licen|changes|changelog|history|requirements|authors", where):
            documents.append(_read_document(where, text, shown, trees))
    for module, tree in own:
        public.take(module, tree)
    every = (one for document in documents for one in _written_in(document))
    written_down = list(islice(every, _MOST_WRITTEN_DOWN))
    for document, example in written_down:
        shown.examples.extend(_as_it_can_run(example, document, target, public))
    shown.examples, shown.left_out = examples_at_a_fixed_moment(shown.examples)
    shown.examples, with_other_files = with_their_files(shown.examples, shown.samples)
    whole, _ = examples_at_a_fixed_moment(
        [one for document, one in written_down if _is_about(one, document, target, public)]
    )
    shown.definitions = definitions_of([*shown.examples, *whole], public)
    note_settings(set_by_code(trees), shown.variables)
    sources = [tree for _, tree in own]
    known = {name for tree in sources for name in defined_in(tree)}
    written = {one.name for one in shown.definitions}
    known |= written
    # Documents and tests say what is meant; the target's own calls come last.
    shown.arguments = merged(arguments_in(trees, known, written), arguments_in(sources, known))
    shown.examples.extend(with_other_files)
    del shown.examples[_MAX_EXAMPLES:]
    return shown


def _read_source(
    where: str,
    text: str,
    target: Target,
    shown: Shown,
    trees: list[ast.AST],
    own: list[tuple[str, ast.Module]],
) -> Iterator[_Document]:
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            tree = parsed_source(text)
    except SyntaxError:
        return
    module = module_of(target, where)
    if module is None or re.search(r"(^|\.)(tests?|conftest)(\.|$)", module):
        trees.append(tree)
        if re.search(r"(^|/)(examples?|demos?|samples?)/", where):
            piece = piece_of_code(text, where)
            if piece:
                yield _Document([piece])
        return
    own.append((module, tree))
    shown.lines_of[where] = len(text.splitlines())
    shown.words[module] = words_in(tree)
    for name in _top_names(tree):
        best = shown.exports.get(name, module)
        is_nearer = (module.count("."), module) < (best.count("."), best)
        if not name.startswith("_") and (name not in shown.exports or is_nearer):
            shown.exports[name] = module
    for name, docstring in documented(tree, module):
        shown.summaries[name] = " ".join(docstring.strip().partition("\n\n")[0].split())[:160]
        errors = announced_errors(docstring)
        if errors:
            shown.documented_errors[name] = errors
    for docstring, line in docstrings_in(tree):
        pieces = list(pieces_of(docstring, where, line))
        for piece in pieces:
            trees.extend(_trees([one.code for one in piece.lines]))
        _take_samples(docstring, f"{where}:{line}", shown)
        yield _Document(pieces, module, frozenset(_top_names(tree)))


def _written_in(document: _Document) -> Iterator[tuple[_Document, Example]]:
    for example in examples_of(document.pieces):
        if document.module:
            example = _with_module(example, document.module, document.names)
        yield document, in_a_folder_of_its_own(example)


def _as_it_can_run(
    example: Example, document: _Document, target: Target, public: PublicNames
) -> Iterator[Example]:
    known, mocked = without_what_takes_anything(example.program)
    program, unknown = completed(known, public)
    unknown |= mocked
    is_whole = example.is_self_contained and program.imports == example.program.imports
    if unknown:
        program, is_whole = without_unknown(program, unknown), False
    if program.steps and _is_about(example, document, target, public):
        told = apart(example._replace(program=program, is_self_contained=is_whole))
        yield told._replace(program=told.program.set_to(setting_steps(told.settings)))


def _is_about(example: Example, document: _Document, target: Target, public: PublicNames) -> bool:
    imports = completed(example.program, public)[0].imports
    return bool(document.module) or mentions(imports, target.packages)


def _with_module(example: Example, module: str, names: frozenset[str]) -> Example:
    """A doctest sees its module's names without importing them."""
    program = example.program
    used = {
        node.id
        for tree in _trees([step.text for step in program.steps if step.kind != "with"])
        for node in ast.walk(tree)
        if isinstance(node, ast.Name)
    }
    own = {name for line in program.imports for name in _names_of_import(line)}
    needed = sorted(used & names - own)
    imports = tuple(f"from {module} import {name}" for name in needed)
    return example._replace(program=program._replace(imports=(*imports, *program.imports)))


def _names_of_import(line: str) -> set[str]:
    return {name for tree in _trees([line]) for name in _top_names(tree)}


def _top_names(tree: ast.Module) -> set[str]:
    names: set[str] = set()
    for node in tree.body:
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
            names.add(node.name)
        elif isinstance(node, ast.Import | ast.ImportFrom):
            names.update((alias.asname or alias.name).split(".")[0] for alias in node.names)
        elif isinstance(node, ast.Assign):
            names.update(t.id for t in node.targets if isinstance(t, ast.Name))
    return names


def _read_document(where: str, text: str, shown: Shown, trees: list[ast.AST]) -> _Document:
    pieces = list(pieces_of(text, where))
    for piece in pieces:
        trees.extend(_trees(["\n".join(one.code for one in piece.lines)]))
    for language, body, _ in blocks_of(text):
        note_settings(settings_in(language, body), shown.variables)
    _take_samples(text, f"{where}:1", shown)
    shown.commands.extend(line for line in shell_lines(text) if line not in shown.commands)
    trees.extend(_trees(_take_quotations(text, where, shown)))
    del shown.commands[200:]
    return _Document(pieces)


def _take_samples(text: str, place: str, shown: Shown) -> None:
    """Blocks that a reader of texts may be fed with: what is neither code nor for a shell."""
    for language, body, at in blocks_of(text):
        is_of_use = language not in _NOT_SAMPLES and 0 < len(body) < _LONGEST_SAMPLE
        is_code = ">>>" in body or (not language and _calls_something(body))
        if is_of_use and not (is_code or is_for_a_shell(body) or body in shown.texts):
            shown.texts.append(body)
            shown.samples.append(sample_of(text, place, (language, body, at)))
    del shown.texts[_MOST_SAMPLES:], shown.samples[_MAX_EXAMPLES:]


def _calls_something(body: str) -> bool:
    """It is Python; a mapping that happens to look like an annotation is none."""
    nodes = (node for tree in _trees([body]) for node in ast.walk(tree))
    return any(isinstance(node, ast.Call | ast.Import | ast.ImportFrom) for node in nodes)


def _take_quotations(text: str, where: str, shown: Shown) -> list[str]:
    """Gives back those that may be calls."""
    quoted = list(quoted_in(text))
    shown.words.setdefault(where, []).extend(quoted)
    shown.phrases.extend(one for one in filter(is_sample, quoted) if one not in shown.phrases)
    del shown.phrases[_MAX_PHRASES:]
    return [one for one in quoted if one.endswith(")")]


def module_of(target: Target, path: str) -> str | None:
    """Dotted name of a source file of the target's packages; None for any other file."""
    for root in sorted(target.source_roots, key=len, reverse=True):
        prefix = "" if root in (".", "") else root.rstrip("/") + "/"
        if not path.startswith(prefix):
            continue
        parts = path[len(prefix) :].removesuffix(".py").split("/")
        if parts[-1] == "__init__":
            parts.pop()
        if parts and parts[0] in target.packages:
            return ".".join(parts)
    return None


def _trees(codes: list[str]) -> Iterator[ast.Module]:
    for code in codes:
        try:
            yield parsed_source(code)
        except (SyntaxError, ValueError):
            continue
