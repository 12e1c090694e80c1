"""What a person asks to post, checked."""

import hashlib
from typing import Annotated, Literal
from uuid import UUID

import msgspec

from pawline.platform.card_numbers import mask_card_numbers
from pawline.platform.errors import FieldError, Invalid
from pawline.platform.text import require_storable

LONGEST_BODY = 10_000
MOST_ATTACHMENTS = 10
MOST_MENTIONS = 30


LOWEST_AMOUNT, HIGHEST_AMOUNT = 1_00, 20_000_00
LONGEST_PURPOSE = 200


class PaymentDraft(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """``amount_minor`` counts the smallest units of ``currency`` (ISO 4217). What it is for is what the message says."""

    amount_minor: int
    currency: str


class MessageDraft(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """``client_id`` is made by the client: repeating a request with it stores nothing twice.

    ``text_conversation_id``: the text conversation it goes to; without one it is for the app. ``seen_up_to``: the last message
    on a staff member's screen; when a colleague has answered below it, nothing is stored unless ``anyway`` is said.
    ``body`` never has a card number. ``mention_ids``: colleagues whom a note calls. ``payment``: what the family is asked to
    pay, with a text of the team.
    """

    client_id: UUID
    body: Annotated[str, msgspec.Meta(max_length=LONGEST_BODY)] = ""
    kind: Literal["text", "note"] = "text"
    pet_ids: Annotated[list[UUID], msgspec.Meta(max_length=20)] = []
    attachment_ids: Annotated[list[UUID], msgspec.Meta(max_length=MOST_ATTACHMENTS)] = []
    text_conversation_id: UUID | None = None
    seen_up_to: Annotated[int, msgspec.Meta(ge=0, le=2**62)] | None = None
    anyway: bool = False
    mention_ids: Annotated[list[UUID], msgspec.Meta(max_length=MOST_MENTIONS)] = []
    payment: PaymentDraft | None = None

    def __post_init__(self) -> None:
        # Before anything is made of the words, the hash included, which would give the few digits that are missing away.
        if (masked := mask_card_numbers(self.body)) != self.body:
            msgspec.structs.force_setattr(self, "body", masked)

    @property
    def asks_before(self) -> bool:
        """Whether a colleague's answer that the writer has not seen keeps it back."""
        return self.seen_up_to is not None and not self.anyway and self.kind == "text"

    @property
    def is_plain_text(self) -> bool:
        has_more = self.pet_ids or self.attachment_ids or self.mention_ids or self.payment
        return self.kind == "text" and self.text_conversation_id is None and not has_more

    def require_something_to_send(self) -> None:
        if not self.body.strip() and not self.attachment_ids:
            raise Invalid(
                "Write something or add a photo first.", errors=[FieldError("body", "is empty, and there is no attachment")]
            )
        require_storable("body", self.body)
        if len(set(self.pet_ids)) < len(self.pet_ids):
            raise Invalid.field("pet_ids", "names a pet twice; name each once")
        if len(set(self.attachment_ids)) < len(self.attachment_ids):
            raise Invalid.field("attachment_ids", "names a file twice; name each once")
        if len(set(self.mention_ids)) < len(self.mention_ids):
            raise Invalid.field("mention_ids", "names somebody twice; name each once")
        if self.payment is not None:
            self._require_asked_well(self.payment)

    def _require_asked_well(self, payment: PaymentDraft) -> None:
        if self.kind != "text":
            raise Invalid.field("payment", "cannot be asked for in a note, which the family never sees")
        if self.text_conversation_id is not None:
            raise Invalid.field("payment", "cannot be asked for in a text message; continue in the app")
        if not self.body.strip():
            raise Invalid.field("body", "is empty; say what the payment is for")
        if len(self.body) > LONGEST_PURPOSE:
            raise Invalid.field("body", f"says what the payment is for in at most {LONGEST_PURPOSE} characters")
        if not LOWEST_AMOUNT <= payment.amount_minor <= HIGHEST_AMOUNT:
            raise Invalid.field("payment.amount_minor", "is not between 1.00 and 20,000.00; correct the amount")

    def content_hash(self, thread_id: UUID) -> bytes:
        """Tells a repeat of the same request from another one under the same ``client_id``."""
        content = [thread_id, self.body, self.kind, self.pet_ids, self.attachment_ids, self.text_conversation_id]
        content += [self.mention_ids] if self.mention_ids else []
        content += [[self.payment.amount_minor, self.payment.currency]] if self.payment else []
        return hashlib.sha256(msgspec.msgpack.encode(content)).digest()
