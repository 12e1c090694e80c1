"""The closed set of refusals. Each becomes problem details (RFC 9457); ``detail`` is fit for a pet owner's eyes."""

from typing import ClassVar

import msgspec


class FieldError(msgspec.Struct, frozen=True):
    """``field`` is the path in the request, like ``pets[0].name``; ``message`` says what to do."""

    field: str
    message: str


class Problem(Exception):
    """A refusal with a sentence for the person who met it. Nothing has changed when one is raised."""

    status: ClassVar[int]
    code: ClassVar[str]
    title: ClassVar[str]

    def __init__(self, detail: str, *, errors: list[FieldError] | None = None) -> None:
        super().__init__(detail)
        self.detail = detail
        self.errors = errors or []


class Invalid(Problem):
    status = 422
    code = "invalid"
    title = "Something in the request needs correcting"

    @classmethod
    def field(cls, field: str, message: str) -> "Invalid":
        """``message`` goes on where the field's name ends: "is empty; fill it in"."""
        return cls.fields([FieldError(field, message)])

    @classmethod
    def fields(cls, errors: list[FieldError]) -> "Invalid":
        sentences = (f"{error.field} {error.message}." for error in errors)
        return cls(" ".join(sentence[:1].upper() + sentence[1:] for sentence in sentences), errors=errors)


class Unreadable(Problem):
    """The request is not even of the form that it claims."""

    status = 400
    code = "bad_request"
    title = "The request cannot be read"


class NotFound(Problem):
    """No such thing, or not for this person: the two look alike on purpose, so it carries no details of its own."""

    status = 404
    code = "not_found"
    title = "Not found"

    def __init__(self) -> None:
        super().__init__("This does not exist, or you are not signed in to see it.")


class SignInFailed(Problem):
    status = 401
    code = "sign_in_failed"
    title = "Not signed in"


class Forbidden(Problem):
    """The person may see the thing, yet not do this with it."""

    status = 403
    code = "forbidden"
    title = "Not allowed"


class ConsentNeeded(Problem):
    """The contact has not agreed yet to how messaging works, in today's wording."""

    status = 403
    code = "consent_needed"
    title = "Something to agree to first"


class StepUpNeeded(Problem):
    """Whoever is signed in has to show first that it is still them: a proof of who they are grows old."""

    status = 403
    code = "step_up_needed"
    title = "Show that it is you"

    def __init__(self) -> None:
        super().__init__("Confirm that it is you first. We can send you a code.")


class Locked(Problem):
    """The session is that of a shared front desk, and nobody has touched it for a while."""

    status = 423
    code = "locked"
    title = "Locked"

    def __init__(self) -> None:
        super().__init__("This computer is locked. Unlock it with your PIN or your password.")


class Conflict(Problem):
    status = 409
    code = "conflict"
    title = "This does not fit what is stored"


class TooLarge(Problem):
    status = 413
    code = "too_large"
    title = "Too large"


class Unsupported(Problem):
    status = 415
    code = "unsupported"
    title = "This kind of content cannot be used"


class TooManyRequests(Problem):
    status = 429
    code = "too_many_requests"
    title = "Too many tries"

    def __init__(self, detail: str, *, retry_after_seconds: int) -> None:
        super().__init__(detail)
        self.retry_after_seconds = retry_after_seconds


class Unavailable(Problem):
    status = 503
    code = "unavailable"
    title = "Not available right now"

    def __init__(self, detail: str = "Pawline cannot reach its database right now. Please try again in a moment.") -> None:
        super().__init__(detail)
        self.retry_after_seconds = 2


class Clash(Unavailable):
    """Another transaction was in the way of this one, of which nothing is stored."""

    def __init__(self) -> None:
        super().__init__("Others are changing the same thing at this moment. Please try again.")


class LockTaken(Clash):
    """Somebody else held the row for longer than this transaction wanted to wait."""
