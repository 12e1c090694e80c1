"""What staff read of a text on its way."""

from datetime import timedelta

from pawline.carriers.interface import FailureReason

NO_RECEIPT = "no_receipt"
NO_RECEIPT_AFTER = timedelta(hours=72)
# Reasons of our own; the carriers' are in FailureReason.
OWN_REASONS = {
    "opted_out": "Not sent: the client stopped these texts.",
    "carrier_block": "Not sent: the client stopped texts from this number. They can text START to get them again.",
    "texting_disabled": "Not sent: texting is switched off for this number.",
    "bot_stopped": "Not sent: somebody answered meanwhile, so the automatic questions ended.",
    "message_deleted": "Not sent: the message was deleted before the text went out.",
    "author_left": "Held when {author}'s access ended. Send it again if it still holds.",
    "author_blocked": "Not sent: the client takes no messages from whoever wrote this. A colleague can write.",
    "pet_died": "Not sent: the pet has died.",
    "code_expired": "Not sent: the code was too old by the time it could go out.",
    "too_many_claims": "Sending this text came to no end several times. Ask an administrator to look at it, then try again.",
    "outcome_unknown": "The carrier never said whether this text went out. Ask the client before you send it again.",
    NO_RECEIPT: "No receipt from the carrier for 3 days: the text may or may not have arrived. Ask the client if it matters.",
}
BY_STATE = {
    "queued": "Waiting to be sent.",
    "sending": "Being handed to the carrier.",
    "accepted": "The carrier has it.",
    "sent": "On its way to the phone.",
    "delivered": "Delivered.",
    "failed": FailureReason.UNKNOWN.words,
    "unknown": "The carrier did not answer. Pawline is finding out whether the text went out.",
    "held": "Waits for a person to release it.",
    "cancelled": "Not sent.",
}


def words_for(state: str, reason: str | None, *, author: str | None = None) -> str:
    """``state`` as staff see it; ``reason`` as the database keeps it; ``author``: who asked for the text."""
    if reason is None:
        return BY_STATE[state]
    # A refusal of the carrier and a choice of ours may share a name, and differ in what happened.
    if state == "cancelled" or reason.upper() not in FailureReason.__members__:
        return OWN_REASONS.get(reason, BY_STATE[state]).format(author=author or "its author")
    return FailureReason[reason.upper()].words
