"""Values that fit a JSON schema, as Python text."""

from __future__ import annotations

from typing import Any, Dict, List

from itc_tui.engines.builtin.inside.arguments import Arguments
from itc_tui.engines.builtin.inside.drivers.command_words import tag_of

Schema = Dict[str, Any]

_FORMATS = {
    "date": "2024-02-29",
    "date-time": "2024-02-29T12:30:45",
    "time": "12:30:45",
    "email": "ann@example.com",
    "uri": "http://localhost/tea",
    "uuid": "12345678-1234-5678-1234-567812345678",
}


class SchemaValues:
    def __init__(self, maker: Arguments, definitions: Schema, module: str) -> None:
        self._maker, self._definitions, self._module = maker, definitions, module

    def of(self, schema: Any, name: str = "", depth: int = 0) -> str:
        """`name` is that of the field; it often says more than the type."""
        schema = self._looked_up(schema if isinstance(schema, dict) else {})
        rng = self._maker.rng
        if "const" in schema:
            return repr(schema["const"])
        if schema.get("enum"):
            return repr(rng.choice(schema["enum"]))
        examples = schema.get("examples")
        if isinstance(examples, list) and examples and rng.random() < 0.6:
            return repr(rng.choice(examples))
        choices = schema.get("anyOf") or schema.get("oneOf")
        if choices:
            full = [one for one in choices if one.get("type") != "null"]
            return self.of(
                rng.choice(full if full and rng.random() < 0.8 else choices), name, depth
            )
        merged = _merged([self._looked_up(one) for one in schema.get("allOf", ())])
        schema = {**merged, **schema}
        kind = schema.get("type", "object" if "properties" in schema else "")
        if isinstance(kind, list):
            kind = rng.choice(kind)
        return self._of_kind(kind, schema, name, depth)

    def _of_kind(self, kind: str, schema: Schema, name: str, depth: int) -> str:
        rng = self._maker.rng
        if kind == "null":
            return "None"
        if kind == "boolean":
            return repr(rng.random() < 0.5)
        if kind in ("integer", "number"):
            return self._number(kind, schema)
        if kind == "array":
            count = rng.randint(max(1, int(schema.get("minItems", 0))), 2) if depth < 4 else 0
            items = [self.of(schema.get("items", {}), name, depth + 1) for _ in range(count)]
            return "[%s]" % ", ".join(items)
        if kind == "object":
            return self._object(schema, depth)
        return self._text(schema, name) if kind == "string" else self.by_name(name)

    def by_name(self, name: str) -> str:
        """Nothing but a name is known."""
        tag = tag_of(name)
        rng = self._maker.rng
        if tag in ("int", "float", "bool"):
            made = self._maker.simple(tag, self._module)
            return made.code if made else "1"
        if tag == "list" and rng.random() < 0.5:
            return repr([self._word()])
        return self._text({}, name)

    def _looked_up(self, schema: Schema) -> Schema:
        for _ in range(5):
            path = schema.get("$ref")
            if not isinstance(path, str):
                break
            schema = self._definitions.get(path.rpartition("/")[2], {})
        return schema

    def _number(self, kind: str, schema: Schema) -> str:
        low = schema.get("minimum", schema.get("exclusiveMinimum", 0) + 1)
        high = schema.get("maximum", schema.get("exclusiveMaximum", low + 100))
        number = self._maker.rng.choice((low, low + 1, (low + high) / 2, high))
        fits = [one for one in (number, low) if low <= one <= high] or [low]
        return repr(int(fits[0]) if kind == "integer" else float(fits[0]))

    def _object(self, schema: Schema, depth: int) -> str:
        needed = set(schema.get("required", ()))
        parts = []
        for key, inner in (schema.get("properties") or {}).items():
            if key in needed or (depth < 4 and self._maker.rng.random() < 0.4):
                parts.append("%r: %s" % (key, self.of(inner, key, depth + 1)))
        return "{%s}" % ", ".join(parts)

    def _text(self, schema: Schema, name: str) -> str:
        if schema.get("format") in _FORMATS:
            return repr(_FORMATS[schema["format"]])
        text = self._word()
        if "mail" in name.lower():
            text = _FORMATS["email"]
        text = text.ljust(int(schema.get("minLength", 0)), "x")
        return repr(text[: int(schema.get("maxLength", 60))])

    def _word(self) -> str:
        rng = self._maker.rng
        near = [word for word in self._maker.words.near(self._module) if word.isalnum()]
        if near and rng.random() < 0.5:
            return str(rng.choice(near))
        return str(rng.choice(("tea", "milk", "green tea", "ann")))


def _merged(schemas: List[Schema]) -> Schema:
    whole: Schema = {}
    for schema in schemas:
        properties = {**whole.get("properties", {}), **schema.get("properties", {})}
        required = [*whole.get("required", ()), *schema.get("required", ())]
        whole = {**whole, **schema, "properties": properties, "required": required}
    return whole
