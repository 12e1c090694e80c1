"""Why a way into the app is closed, in words for whoever stands before it."""

from pawline.platform.errors import Conflict, Forbidden, Problem


class CodeGone(Problem):
    """The clinic's code was replaced, or never was one."""

    status = 404
    code = "not_found"
    title = "This code does not work"

    def __init__(self) -> None:
        super().__init__("This code is not valid any more. Ask the practice for a new one.")


class InvitationGone(Problem):
    status = 404
    code = "not_found"
    title = "This invitation does not work"


class InvitationForged(InvitationGone):
    def __init__(self) -> None:
        super().__init__("This link is not complete, or it is not an invitation of ours. Open it again from where you got it.")


class InvitationUsed(InvitationGone):
    def __init__(self) -> None:
        super().__init__("This invitation was used already. If that was you, sign in. If not, ask for a new one.")


class InvitationExpired(InvitationGone):
    def __init__(self, inviter: str) -> None:
        super().__init__(f"This invitation has expired. Ask {inviter} for a new one.")


class InvitationWithdrawn(InvitationGone):
    def __init__(self, inviter: str) -> None:
        super().__init__(f"This invitation was withdrawn. Ask {inviter} if you think it should not have been.")


class ChooseContact(Conflict):
    """Several contacts share the proven address; each error carries one of them: id, space, name."""

    code = "choose_contact"


class NotForTheApp(Forbidden):
    """The practice knows the person as somebody who does not use the app: their role in the family is "other"."""

    code = "not_for_the_app"

    def __init__(self, practice: str) -> None:
        super().__init__(f"{practice} knows you, but has not opened the app for you. Please ask them to.")


class OfAnotherFamily(Conflict):
    code = "of_another_family"

    def __init__(self, practice: str) -> None:
        super().__init__(
            f"This address belongs to another family at {practice}. Use a different one, or ask them to bring you together."
        )
