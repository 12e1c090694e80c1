"""Why an invitation leads nowhere, in words for the vet who holds it."""

from pawline.platform.errors import Problem


class VetInvitationGone(Problem):
    status = 404
    code = "not_found"
    title = "This invitation does not work"


class VetInvitationForged(VetInvitationGone):
    def __init__(self) -> None:
        super().__init__("This link is not complete, or it is not an invitation of ours. Open it again from where you got it.")


class VetInvitationUsed(VetInvitationGone):
    def __init__(self) -> None:
        super().__init__("This invitation was accepted already. If that was you, sign in: the pet is among your families.")


class VetInvitationDeclined(VetInvitationGone):
    def __init__(self, inviter: str) -> None:
        super().__init__(f"This invitation was declined. If that was a mistake, ask {inviter} for a new one.")


class VetInvitationExpired(VetInvitationGone):
    def __init__(self, inviter: str) -> None:
        super().__init__(f"This invitation has expired. Ask {inviter} for a new one.")


class VetInvitationWithdrawn(VetInvitationGone):
    def __init__(self, inviter: str) -> None:
        super().__init__(f"{inviter} has withdrawn this invitation.")
