"""The requests that the generator sends: to Pawline, and the same work to the bare path."""

from uuid import UUID

from bench.load.job import CLIENT_ID, MARKER, Listener
from bench.seeding import Household, People, session_secret
from pawline.platform.security import csrf_token

BODY_BYTES = 200
_MARKER_BYTES = 12
_ID_BYTES = 36
_BODY = f"#{MARKER}".ljust(BODY_BYTES - _MARKER_BYTES + len(MARKER), "x")
_DRAFT = f'{{"client_id":"{CLIENT_ID}","body":"{_BODY}"}}'
_DRAFT_BYTES = len(_DRAFT) - len(MARKER) + _MARKER_BYTES - len(CLIENT_ID) + _ID_BYTES


def cookie(app: str, person_id: UUID) -> str:
    return f"pawline_{app}={session_secret(person_id)}"


def post_request(household: Household) -> str:
    """A post by the family's first contact."""
    author = household.first_contact_id
    return _post(
        f"/api/v1/threads/{household.thread_id}/messages",
        f"Cookie: {cookie('owner', author)}\r\nX-Pawline-App: owner\r\nX-CSRF-Token: {csrf_token(session_secret(author))}\r\n",
    )


def bare_post_request(room: int) -> str:
    return _post(f"/rooms/{room}")


def read_request(path: str, person_id: UUID) -> str:
    return (
        f"GET {path} HTTP/1.1\r\nHost: 127.0.0.1\r\nAccept-Encoding: identity\r\n"
        f"Cookie: {cookie('staff', person_id)}\r\nX-Pawline-App: staff\r\n\r\n"
    )


def everybody(people: People) -> list[Listener]:
    """Three listeners a thread: the one who posts, the other contact and the nurse."""
    return [
        listener
        for household in people.households[1:]
        for listener in (
            live("owner", household.first_contact_id, is_other=False),
            live("owner", household.second_contact_id),
            live("staff", household.nurse_id),
        )
    ]


def bare_everybody(people: People) -> list[Listener]:
    return [
        Listener(f"/rooms/{household.n}", is_other=is_other)
        for household in people.households[1:]
        for is_other in (False, True, True)
    ]


def live(app: str, person_id: UUID, *, is_other: bool = True) -> Listener:
    return Listener(f"/api/v1/live?app={app}", cookie(app, person_id), is_other)


def _post(path: str, headers: str = "") -> str:
    return (
        f"POST {path} HTTP/1.1\r\nHost: 127.0.0.1\r\n{headers}"
        f"Content-Type: application/json\r\nContent-Length: {_DRAFT_BYTES}\r\n\r\n{_DRAFT}"
    )
