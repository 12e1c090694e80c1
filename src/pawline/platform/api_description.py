"""The API's description of itself (OpenAPI), with every refusal in the form that it really has."""

from typing import Any

import msgspec
from litestar import Litestar, Request
from litestar.openapi import OpenAPIConfig
from litestar.openapi.plugins import JsonRenderPlugin

from pawline.platform.problems import MEDIA_TYPE, ProblemDetails
from pawline.platform.request_course import REPLAY_HEADER, REPLAY_MEANS

_COMPONENT = "#/components/schemas/{name}"
_REFUSED = {
    "description": "Refused, or it failed: what is wrong and what to do about it, as problem details (RFC 9457)",
    "content": {MEDIA_TYPE: {"schema": {"$ref": _COMPONENT.format(name=ProblemDetails.__name__)}}},
}
_KEY = "Idempotency-Key"
_REPLAYED = {REPLAY_HEADER: {"description": REPLAY_MEANS, "schema": {"type": "string"}}}
# The framework's own answer to a wrong request, which nobody ever gets: `problems.py` makes all refusals.
_NEVER_ANSWERED = "400"


def openapi_config() -> OpenAPIConfig:
    return OpenAPIConfig(title="Pawline", version="1", path="/api", render_plugins=[_Described(path="/openapi.json")])


def describe(application: Litestar) -> dict[str, Any]:
    return _with_problems(application.openapi_schema.to_schema())


class _Described(JsonRenderPlugin):
    def render(self, request: Request[Any, Any, Any], openapi_schema: dict[str, Any]) -> bytes:
        return super().render(request, _with_problems(openapi_schema))  # pyright: ignore[reportUnknownMemberType]


def _with_problems(schema: dict[str, Any]) -> dict[str, Any]:
    _, of_problems = msgspec.json.schema_components([ProblemDetails], ref_template=_COMPONENT)
    components = schema.get("components", {})
    return {
        **schema,
        "paths": {
            path: {method: _refusing(_replaying(operation)) for method, operation in item.items()}
            for path, item in schema["paths"].items()
        },
        "components": {**components, "schemas": {**components.get("schemas", {}), **of_problems}},
    }


def _replaying(operation: Any) -> Any:
    """Whoever sends a key may send it twice."""
    if not any(parameter["name"] == _KEY for parameter in operation.get("parameters", ())):
        return operation
    answers = {
        status: {**answer, "headers": {**answer.get("headers", {}), **_REPLAYED}} if status.startswith("2") else answer
        for status, answer in operation["responses"].items()
    }
    return {**operation, "responses": answers}


def _refusing(operation: Any) -> Any:
    answers = {status: answer for status, answer in operation["responses"].items() if status != _NEVER_ANSWERED}
    return {**operation, "responses": {**answers, "default": _REFUSED}}
