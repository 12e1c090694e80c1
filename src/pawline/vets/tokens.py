"""What an invitation's link says. It follows from the id and the installation's secret, so the database does not hold it."""

from uuid import UUID

from pawline.platform.security import keyed_hash
from pawline.platform.settings import Settings


def invitation_token(settings: Settings, invitation_id: UUID) -> str:
    return keyed_hash(settings, "vet invitation", str(invitation_id)).hex()


def invitation_url(settings: Settings, invitation_id: UUID) -> str:
    return f"{settings.public_url}/staff/invitation#token={invitation_token(settings, invitation_id)}"
