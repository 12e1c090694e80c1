"""What is wrong with a field, in words for people; the decoder says it in its own."""

import re

from pawline.platform.errors import FieldError

_KINDS = {
    "object": "an object in braces",
    "array": "a list",
    "str": "text",
    "int": "a whole number",
    "float": "a number",
    "bool": "true or false",
    "null": "nothing",
    "uuid": "an id, like 0190f3c2-7d1e-7b3a-9c4d-5e6f7a8b9c0d",
    "date": "a date, like 2026-05-30",
    "datetime": "a moment, like 2026-05-30T14:00:00Z",
}
_EXPECTED = re.compile(r"Expected `([^`]+)`(?:, got `([^`]+)`)?$")
_LENGTH = re.compile(r"Expected `(\w+)` of length (>=|<=) (\d+)$")
_BOUND = re.compile(r"Expected `\w+` (>=|<=|>|<) (-?[\d.]+)$")
_UNKNOWN = re.compile(r"Object contains unknown field `([\w-]{1,60})`$")
_MISSING = re.compile(r"Object missing required field `(\w+)`$")
_BOUNDS = {">=": "at least", "<=": "at most", ">": "more than", "<": "less than"}
_OTHERS = {
    "Invalid UUID": f"has to be {_KINDS['uuid']}",
    "Invalid RFC3339 encoded date": f"has to be {_KINDS['date']}",
    "Integer value out of range": "is too large a number; give a smaller one",
    "Number out of range": "is too large a number; give a smaller one",
}


def field_error(path: str, message: str) -> FieldError:
    """``path`` is where the decoder stood, empty for the whole body. Never repeats a value that was sent."""
    if missing := _MISSING.match(message):
        return FieldError(_below(path, missing[1]), "is missing; add it")
    if unknown := _UNKNOWN.match(message):
        return FieldError(_below(path, unknown[1]), "is not known here; leave it out")
    return FieldError(path or "body", _in_words(message))


def _below(path: str, name: str) -> str:
    return f"{path}.{name}" if path else name


_BY_START = {
    "Invalid enum value": "is none of the values that are possible here; /api/openapi.json lists them",
    "Object contains unknown field": "has a field that is not known here; leave it out",
}


def _in_words(message: str) -> str:
    if message in _OTHERS:
        return _OTHERS[message]
    if length := _LENGTH.match(message):
        unit = "characters" if length[1] == "str" else "entries"
        return f"has to have {_BOUNDS[length[2]]} {length[3]} {unit}"
    if bound := _BOUND.match(message):
        return f"has to be {_BOUNDS[bound[1]]} {bound[2]}"
    if expected := _EXPECTED.match(message):
        found = f", not {_kind(expected[2])}" if expected[2] else ""
        return f"has to be {_kind(expected[1])}{found}"
    found = (words for start, words in _BY_START.items() if message.startswith(start))
    return next(found, "is not what /api/openapi.json describes; compare it")


def _kind(names: str) -> str:
    """``int | null`` and the like: what it may be, without the null that stands for leaving it out."""
    kinds = [_KINDS.get(name, "something else").partition(",")[0] for name in names.split(" | ") if name != "null"]
    return " or ".join(kinds) or "nothing"
