"""A form body as the JSON it stands for: ``a=1&a=2`` is a list, ``a[b][0]=c`` an object with a list in it."""

import re
from typing import Any, cast
from urllib.parse import parse_qsl

Json = dict[str, Any]
Fields = dict[str, "Fields | list[str]"]


def read_form(text: str, schema: Json) -> object:
    """``schema`` has its references resolved; it says which fields are numbers and which are lists."""
    fields: Fields = {}
    for name, value in parse_qsl(text, keep_blank_values=True):
        *above, last = re.findall(r"[^\[\]]+", name)
        place = fields
        for step in above:
            # A name that is a value and an object at once breaks here: no carrier reads such a form.
            place = cast("Fields", place.setdefault(step, {}))
        cast("list[str]", place.setdefault(last, [])).append(value)
    return coerce(fields, schema)


def coerce(value: Fields | list[str], schema: Json) -> object:
    schema = _fitting(value, schema)
    kind = _kind(schema)
    if kind == "array":
        items = cast("Json", schema.get("items", {}))
        parts = [[part] for part in value] if isinstance(value, list) else [value[key] for key in sorted(value, key=_position)]
        return [coerce(part, items) for part in parts]
    if isinstance(value, dict):
        return {name: coerce(part, _schema_of(name, schema)) for name, part in value.items()}
    return _scalar(value[0], kind) if len(value) == 1 else [_scalar(part, kind) for part in value]


def _fitting(value: Fields | list[str], schema: Json) -> Json:
    """Of several alternatives, one of the same build."""
    for alternative in cast("list[Json]", schema.get("anyOf") or schema.get("oneOf") or []):
        if isinstance(value, dict) == (_kind(alternative) in {"object", "array"}):
            return alternative
    return schema


def _kind(schema: Json) -> str:
    kinds = schema.get("type", "")
    return str(kinds) if isinstance(kinds, str) else next((str(kind) for kind in kinds if kind != "null"), "")


def _schema_of(name: str, schema: Json) -> Json:
    others = schema.get("additionalProperties")
    found = schema.get("properties", {}).get(name) or others
    return cast("Json", found) if isinstance(found, dict) else {}


def _position(key: str) -> int:
    return int(key) if key.isdecimal() else 0


def _scalar(text: str, kind: str) -> object:
    """As it is where it does not fit: the validator says so better."""
    if kind == "boolean":
        return {"true": True, "false": False}.get(text, text)
    try:
        return {"integer": int, "number": float}[kind](text)
    except (KeyError, ValueError):
        return text
