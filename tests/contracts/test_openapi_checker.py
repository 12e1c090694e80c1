"""The checker itself: what it lets through and what it finds."""

import json
from typing import Any

import httpx
import pytest

from tests.contracts.openapi import Description

FORM = "application/x-www-form-urlencoded"
FORM_SCHEMA: dict[str, Any] = {
    "type": "object",
    "required": ["To"],
    "properties": {
        "To": {"type": "string", "format": "phone-number"},
        "MediaUrl": {"type": "array", "items": {"type": "string", "format": "uri"}},
        "ValidityPeriod": {"type": "integer", "minimum": 0, "exclusiveMinimum": True},
        "SmartEncoded": {"type": "boolean"},
        "Retention": {"$ref": "#/components/schemas/retention"},
        "Lines": {"type": "array", "items": {"$ref": "#/components/schemas/line"}},
    },
}
DOCUMENT: dict[str, Any] = {
    "servers": [{"url": "https://carrier.example/v2"}],
    "paths": {
        "/texts/{text-id}": {
            "parameters": [{"name": "text-id", "in": "path", "schema": {"type": "string", "pattern": "^SM[0-9a-f]{4}$"}}],
            "get": {"parameters": [{"name": "Sent>", "in": "query", "schema": {"type": "string", "format": "date-time"}}]},
        },
        "/texts/all": {"get": {"parameters": [{"name": "Page", "in": "query", "required": True, "schema": {"type": "integer"}}]}},
        "/texts": {"post": {"requestBody": {"required": True, "content": {FORM: {"schema": FORM_SCHEMA}}}}},
        "/lines": {
            "post": {"requestBody": {"content": {"application/json": {"schema": {"$ref": "#/components/schemas/picture_line"}}}}}
        },
    },
    "components": {
        "schemas": {
            "retention": {"type": "string", "enum": ["retain", "discard"], "nullable": True},
            "line": {"type": "object", "properties": {"text": {"type": "string"}, "next": {"$ref": "#/components/schemas/line"}}},
            "picture_line": {
                "allOf": [
                    {"$ref": "#/components/schemas/line"},
                    {"type": "object", "required": ["picture"], "properties": {"picture": {"type": "string"}}},
                ]
            },
        }
    },
}


def problems(method: str, path: str, *, form: dict[str, Any] | None = None, body: object = None) -> list[str]:
    request = httpx.Request(method, f"https://carrier.example/v2{path}", data=form, json=body)
    return Description(DOCUMENT).problems_of(request)


@pytest.mark.parametrize(
    "form",
    [
        {"To": "+18885550142"},
        {"To": "+18885550142", "MediaUrl": "https://a.example/1.jpg"},
        {"To": "+18885550142", "MediaUrl": ["https://a.example/1.jpg", "https://a.example/2.jpg"]},
        {"To": "+18885550142", "ValidityPeriod": "1", "SmartEncoded": "false", "Retention": "discard"},
        {"To": "+18885550142", "Lines[0][text]": "one", "Lines[1][text]": "two"},
    ],
)
def test_a_form_that_fits_passes(form: dict[str, Any]) -> None:
    assert [] == problems("POST", "/texts", form=form)


@pytest.mark.parametrize(
    ("form", "place"),
    [
        ({"Body": "x"}, "body"),
        ({"To": "+18885550142", "Bogus": "1"}, "body"),
        ({"To": "555-0142"}, "To"),
        ({"To": "+18885550142", "MediaUrl": "ftp://a.example/1.jpg"}, "MediaUrl/0"),
        ({"To": "+18885550142", "ValidityPeriod": "soon"}, "ValidityPeriod"),
        ({"To": "+18885550142", "ValidityPeriod": "0"}, "ValidityPeriod"),
        ({"To": "+18885550142", "SmartEncoded": "no"}, "SmartEncoded"),
        ({"To": "+18885550142", "Retention": "forget"}, "Retention"),
        ({"To": "+18885550142", "Lines[0][bogus]": "x"}, "Lines/0"),
        ({"To": ["+18885550142", "+18885550143"]}, "To"),
    ],
)
def test_a_form_that_does_not_fit_is_found_out(form: dict[str, Any], place: str) -> None:
    found = problems("POST", "/texts", form=form)

    assert found
    assert {place} == {problem.partition(":")[0] for problem in found}


def test_json_where_a_form_is_expected_is_found_out() -> None:
    assert [f"content type application/json: is not one of {FORM}"] == problems("POST", "/texts", body={"To": "+18885550142"})


@pytest.mark.parametrize(
    ("body", "is_fit"),
    [
        ({"text": "x", "picture": "y"}, True),
        ({"text": "x", "picture": "y", "next": {"text": "z"}}, True),
        ({"text": "x"}, False),
        ({"picture": "y", "bogus": 1}, False),
        ({"picture": 1}, False),
    ],
)
def test_a_body_made_of_several_schemas_is_closed_as_a_whole(body: object, *, is_fit: bool) -> None:
    assert is_fit == (not problems("POST", "/lines", body=body))


@pytest.mark.parametrize(
    ("path", "expected"),
    [
        ("/texts/SM00ff", []),
        ("/texts/SM00ff?Sent%3E=2026-11-22T08:00:00Z", []),
        ("/texts/all?Page=2", []),
        ("/texts/SM00ff?Sent%3E=yesterday", ["query Sent>"]),
        ("/texts/SM00ff?Bogus=1", ["query Bogus"]),
        ("/texts/XX00ff", ["path text-id"]),
        ("/texts/all", ["query Page"]),
        ("/texts/all?Page=two", ["query Page"]),
        ("/nothing", ["no route GET /nothing"]),
    ],
)
def test_paths_and_queries_are_checked_too(path: str, expected: list[str]) -> None:
    assert expected == [problem.partition(":")[0] for problem in problems("GET", path)]


def test_a_body_where_none_belongs_is_found_out() -> None:
    request = httpx.Request("GET", "https://carrier.example/v2/texts/SM00ff", content=json.dumps({"a": 1}))

    assert ["a body, which is not expected"] == Description(DOCUMENT).problems_of(request)
