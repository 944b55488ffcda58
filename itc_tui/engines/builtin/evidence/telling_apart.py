"""Names of an example that would mean something else inside a test: each gets one of its own."""

from __future__ import annotations

import ast

from itc_tui.engines.builtin.evidence.snippets import Example
from itc_tui.engines.builtin.inside.programs import Program, Step
from itc_tui.engines.builtin.witnesses import used_imports


def apart(example: Example) -> Example:
    program = told_apart(example.program)
    names = {was.var: now.var for was, now in zip(example.program.steps, program.steps)}
    wanted = {names[var]: text for var, text in example.wanted.items() if var in names}
    remarks = {names[var]: text for var, text in example.remarks.items() if var in names}
    return example._replace(program=program, wanted=wanted, remarks=remarks)


def told_apart(program: Program) -> Program:
    """`table = table()` hides the import for the whole of a function, and what is named `test_…`
    looks like a test."""
    imported = {_given(line) for line in program.imports}
    taken = imported | {step.var for step in program.steps}
    names: dict[str, str] = {}
    steps: list[Step] = []
    for step in program.steps:
        code = _with_names(step.code, names)
        var = step.var
        if var in imported and step.kind == "do":
            names[var] = names.get(var) or _free(f"new_{var}", taken)
        elif var.startswith("test") and step.kind == "raw":
            names[var] = names.get(var) or _free("sample" + var[4:], taken)
            code = _with_names(step.code, names)
        steps.append(step._replace(var=names.get(var, var), code=code))
    if not names:
        return program
    imports = used_imports(program.imports, [step.code for step in steps])
    return program._replace(imports=imports, steps=tuple(steps))


def _given(line: str) -> str:
    """The name that an import of one thing gives."""
    (alias,) = getattr(ast.parse(line).body[0], "names", [ast.alias("")])
    return str(alias.asname or alias.name).split(".")[0]


def _free(name: str, taken: set[str]) -> str:
    count = 1
    free = name
    while free in taken:
        count += 1
        free = f"{name}_{count}"
    taken.add(free)
    return free


def _with_names(code: str, names: dict[str, str]) -> str:
    if not names:
        return code
    return ast.unparse(_Renamed(names).visit(ast.parse(code)))


class _Renamed(ast.NodeTransformer):
    def __init__(self, names: dict[str, str]) -> None:
        self._names = names

    def visit_Name(self, node: ast.Name) -> ast.Name:
        node.id = self._names.get(node.id, node.id)
        return node

    def visit_FunctionDef(self, node: ast.FunctionDef) -> ast.FunctionDef:
        node.name = self._names.get(node.name, node.name)
        self.generic_visit(node)
        return node
