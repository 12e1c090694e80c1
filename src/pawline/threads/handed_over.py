"""Basic staff to whom a thread was handed answer in the conversation that is open, and start none (C16)."""

from typing import Any

from pawline.platform.actor import Actor
from pawline.platform.errors import Forbidden
from pawline.threads.access import may_start_conversation


class HandedOver(Forbidden):
    code = "handed_over"


def require_may_start(actor: Actor, thread: Any) -> None:
    """Raises HandedOver for somebody of a visible thread who may only go on with what was handed to them."""
    if not may_start_conversation(actor, clinic_id=thread.clinic_id, family_id=thread.family_id):
        raise HandedOver("This thread was handed to you for a conversation that has ended. Ask a colleague with the inbox.")
