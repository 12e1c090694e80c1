"""Writes docs/permissions.md from the code: ``python -m tools.generate_permissions``. As a check it finds a stale page."""

import inspect
from collections.abc import Callable, Iterator
from functools import cache
from typing import Any
from uuid import UUID

from litestar import Litestar
from litestar.routes import HTTPRoute

from pawline.platform.actor import Actor, Role
from pawline.platform.permissions import Permission
from pawline.threads.access import may_see_thread, may_start_conversation, reach_of, visible_clinic_ids, visible_messages
from tools.application import application
from tools.findings import ROOT, Finding

PAGE = "docs/permissions.md"
_ANYBODY = UUID(int=0)

_RULES = (may_see_thread, visible_clinic_ids, reach_of, may_start_conversation, visible_messages)

_HEAD = """# Who may do what

Made from `src/pawline/platform/permissions.py` and `src/pawline/threads/access.py` by `make permissions`; change the code, not
this page. "Family" stands for primary and secondary contacts; other contacts do not sign in. Whoever is not signed in, or is
not meant by a permission at all, gets the answer that a thing which does not exist would get.
"""

_REQUESTS = """
## What each request asks for

One without a permission is open to everybody, but for files: `src/pawline/threads/attachments.py` asks for each person signed in
with the browser whether they may see the file's message, and `src/pawline/reminders/visit_routes.py` whether a visit is their
family's.
"""


def check() -> list[Finding]:
    path = ROOT / PAGE
    return findings_in(path.read_text() if path.is_file() else "")


def findings_in(text: str) -> list[Finding]:
    return [] if text == page() else [Finding(PAGE, 1, "is not what the code says; run make permissions.")]


@cache
def page() -> str:
    columns = "| | Family | " + " | ".join(_spoken(role) for role in Role) + " |"
    table = [columns, "|---" * (len(Role) + 2) + "|", *(_row(permission) for permission in Permission)]
    seen = [f"* {_words_of(rule)}" for rule in _RULES]
    requests = ["| Request | Permission |", "|---|---|", *_requests(application())]
    return "\n".join([_HEAD, *table, "\n## Who sees which thread\n", *seen, _REQUESTS, *requests, ""])


def _row(permission: Permission) -> str:
    asked = [_contact(), *(_staff_member(role) for role in Role)]
    return f"| {permission.value.words} | " + " | ".join("yes" if permission.allows(actor) else "" for actor in asked) + " |"


def _contact() -> Actor:
    return Actor(_ANYBODY, _ANYBODY, _ANYBODY, "contact", "", family_id=_ANYBODY)


def _staff_member(role: Role) -> Actor:
    return Actor(_ANYBODY, _ANYBODY, _ANYBODY, "staff", "", role=role)


def _spoken(role: Role) -> str:
    return role.value.replace("_", " ").capitalize()


def _words_of(rule: Callable[..., Any]) -> str:
    return " ".join((inspect.getdoc(rule) or "").replace("``", "`").split())


def _requests(app: Litestar) -> Iterator[str]:
    for route in sorted(app.routes, key=lambda route: route.path):
        if isinstance(route, HTTPRoute) and route.path.startswith("/api/v1"):
            for method, (handler, _) in sorted(route.route_handler_map.items()):
                if method != "OPTIONS":
                    yield f"| `{method} {route.path_format}` | {_asked_by(handler)} |"


def _asked_by(handler: Any) -> str:
    permissions = (getattr(guard, "permission", None) for guard in handler.resolve_guards())
    return "; ".join(found.value.words for found in permissions if found)


if __name__ == "__main__":
    (ROOT / PAGE).write_text(page())
