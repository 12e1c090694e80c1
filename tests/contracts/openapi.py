"""Checks a request against a carrier's own OpenAPI description: an unknown field counts as an error, like a wrong one.

The descriptions are the carriers' own and lie beside the repository, not in it.
"""

import json
import re
from collections.abc import Iterator, Mapping
from datetime import datetime
from functools import cache
from pathlib import Path
from typing import Any, cast
from urllib.parse import parse_qsl, unquote, urlsplit

import httpx
import pytest
from jsonschema import Draft202012Validator, FormatChecker
from jsonschema.exceptions import ValidationError

from tests.contracts.forms import coerce, read_form

FOLDER = Path(__file__).parents[3] / "shared" / "openapi"
WORDS_ABOUT_A_SCHEMA = {"description", "example", "examples", "default", "discriminator", "xml", "title"}
COMBINED = ("allOf", "anyOf", "oneOf")

Json = dict[str, Any]

FORMATS = FormatChecker(formats=())


@FORMATS.checks("uri")
def is_uri(value: object) -> bool:
    return not isinstance(value, str) or (urlsplit(value).scheme in {"http", "https"} and urlsplit(value).netloc != "")


@FORMATS.checks("phone-number")
def is_e164(value: object) -> bool:
    return not isinstance(value, str) or re.fullmatch(r"\+[1-9]\d{6,14}", value) is not None


@FORMATS.checks("date-time", raises=ValueError)
def is_moment(value: object) -> bool:
    return not isinstance(value, str) or datetime.fromisoformat(value).tzinfo is not None


@cache
def read_description(name: str) -> "Description":
    """Skips the test when the folder of descriptions is not there."""
    file = FOLDER / name
    if not file.exists():
        pytest.skip(f"the carrier's description {name} is not in ../shared/openapi")
    return Description(json.loads(file.read_text()))


class Description:
    def __init__(self, document: Json) -> None:
        self._document = document
        self._base_path = urlsplit(self._first_server()).path.rstrip("/")
        # A path without parameters goes before one that would take its last part for a parameter.
        paths = sorted(cast("Mapping[str, Json]", document["paths"]).items(), key=lambda item: item[0].count("{"))
        self._routes = [(_pattern(path), item) for path, item in paths]

    def problems_of(self, request: httpx.Request) -> list[str]:
        path = request.url.raw_path.decode().partition("?")[0].removeprefix(self._base_path)
        for pattern, item in self._routes:
            found = pattern.fullmatch(path)
            if found and request.method.lower() in item:
                operation = cast("Json", item[request.method.lower()])
                parameters = [self._resolved(part) for part in (*item.get("parameters", []), *operation.get("parameters", []))]
                return [
                    *self._path_problems({name: unquote(value) for name, value in found.groupdict().items()}, parameters),
                    *self._query_problems(request, parameters),
                    *self._body_problems(request, operation),
                ]
        return [f"no route {request.method} {path}"]

    def _first_server(self) -> str:
        servers = cast("list[Json]", self._document.get("servers", []))
        return str(servers[0]["url"]) if servers else ""

    def _path_problems(self, values: Mapping[str, str], parameters: list[Json]) -> Iterator[str]:
        for parameter in parameters:
            name = str(parameter["name"]).replace("-", "_")
            if parameter["in"] == "path" and name in values:
                yield from self._scalar_problems(parameter, [values[name]])

    def _query_problems(self, request: httpx.Request, parameters: list[Json]) -> Iterator[str]:
        given: dict[str, list[str]] = {}
        for name, value in parse_qsl(request.url.query.decode(), keep_blank_values=True):
            given.setdefault(name, []).append(value)
        known = {str(parameter["name"]): parameter for parameter in parameters if parameter["in"] == "query"}
        yield from (f"query {name}: is not known" for name in given.keys() - known.keys())
        for name, parameter in known.items():
            if name in given:
                yield from self._scalar_problems(parameter, given[name])
            elif parameter.get("required"):
                yield f"query {name}: is missing"

    def _scalar_problems(self, parameter: Json, values: list[str]) -> Iterator[str]:
        schema = self._strict(parameter.get("schema", {}))
        for problem in _problems(coerce(values, schema), schema):
            yield f"{parameter['in']} {parameter['name']}: {problem}"

    def _body_problems(self, request: httpx.Request, operation: Json) -> Iterator[str]:
        body = self._resolved(operation.get("requestBody", {}))
        content = cast("Mapping[str, Json]", body.get("content", {}))
        media_type = request.headers.get("content-type", "").partition(";")[0]
        if not content or (not request.content and not body.get("required")):
            yield from ["a body, which is not expected"] if request.content else []
        elif media_type not in content:
            yield f"content type {media_type or '(none)'}: is not one of {', '.join(content)}"
        else:
            schema = self._strict(content[media_type].get("schema", {}))
            text = request.content.decode()
            yield from _problems(json.loads(text) if media_type == "application/json" else read_form(text, schema), schema)

    def _resolved(self, part: Json) -> Json:
        while "$ref" in part:
            target: Any = self._document
            for step in str(part["$ref"]).removeprefix("#/").split("/"):
                target = target[unquote(step).replace("~1", "/").replace("~0", "~")]
            part = target
        return part

    def _strict(self, schema: Json, *, is_closed: bool = True, above: frozenset[int] = frozenset()) -> Json:
        """The schema as JSON Schema, references resolved, closed to fields it does not name.

        A schema inside itself is left open from its second round on.
        """
        schema = self._resolved(schema)
        if id(schema) in above:
            return {}
        above |= {id(schema)}
        strict = {name: value for name, value in schema.items() if name not in WORDS_ABOUT_A_SCHEMA}
        if "properties" in schema:
            strict["properties"] = {name: self._strict(part, above=above) for name, part in schema["properties"].items()}
        for name in ("items", "not", "additionalProperties"):
            if isinstance(schema.get(name), dict):
                strict[name] = self._strict(schema[name], above=above)
        for name in COMBINED:
            if name in schema:  # the parts see a field of their neighbours as unknown; the whole is closed instead
                strict[name] = [self._strict(part, is_closed=False, above=above) for part in schema[name]]
        if is_closed and "additionalProperties" not in schema and any(name in schema for name in ("properties", *COMBINED)):
            strict["unevaluatedProperties"] = False
        return _without_old_spellings(strict)


def _pattern(path: str) -> re.Pattern[str]:
    """``/a/{some-id}.json`` finds the parameter under the name ``some_id``."""
    parts = re.split(r"\{([^}]+)\}", path)
    names_and_texts = (f"(?P<{part.replace('-', '_')}>[^/]+?)" if at % 2 else re.escape(part) for at, part in enumerate(parts))
    return re.compile("".join(names_and_texts))


def _without_old_spellings(schema: Json) -> Json:
    """OpenAPI 3.0 says ``nullable`` and, like old JSON Schema, ``exclusiveMinimum: true``."""
    schema = dict(schema)
    if schema.pop("nullable", False):
        if isinstance(schema.get("type"), str):
            schema["type"] = [schema["type"], "null"]
        if "enum" in schema:
            schema["enum"] = [*schema["enum"], None]
    for name, limit in (("exclusiveMinimum", "minimum"), ("exclusiveMaximum", "maximum")):
        if isinstance(schema.get(name), bool) and schema.pop(name):
            schema[name] = schema.pop(limit)
    return schema


def _problems(value: object, schema: Json) -> list[str]:
    validator = Draft202012Validator(schema, format_checker=FORMATS)
    errors = cast("Iterator[ValidationError]", validator.iter_errors(cast("Any", value)))  # pyright: ignore[reportUnknownMemberType]
    return [f"{'/'.join(map(str, error.absolute_path)) or 'body'}: {error.message[:200]}" for error in errors]
