"""A text from a phone to a number of the product: the carrier's own keywords first, then the product's hook."""

from collections.abc import Sequence
from typing import Annotated

import msgspec

from pawline.carriers.simulator.desk import Desk
from pawline.carriers.simulator.dialling_plan import carries_pictures, country_of
from pawline.carriers.simulator.events import shortened
from pawline.carriers.simulator.hooks import Hook
from pawline.carriers.simulator.ledger import Entry, Picture, now
from pawline.carriers.simulator.opt_outs import Pair
from pawline.carriers.simulator.own_numbers import OwnNumber
from pawline.carriers.simulator.pictures import StoredPicture
from pawline.carriers.simulator.segments import count_segments
from pawline.carriers.simulator.sids import new_sid


class PictureTaken(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """``content`` is base64 in JSON."""

    media_type: str
    content: bytes


class TextTyped(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """What somebody does on a phone."""

    to_number: str
    body: Annotated[str, msgspec.Meta(max_length=1_600)] = ""
    pictures: Annotated[list[PictureTaken], msgspec.Meta(max_length=10)] = []


class NotPossible(Exception):
    """The text is what the phone shows."""


class Inbound:
    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    def text(self, phone_number: str, typed: TextTyped) -> Entry:
        """Raises NotPossible."""
        own = self._desk.numbers.find(typed.to_number)
        if own is None:
            raise NotPossible(f"Nobody has the number {typed.to_number}.")
        if not typed.body and not typed.pictures:
            raise NotPossible("The text is empty.")
        if typed.pictures and not carries_pictures(phone_number, own.number):
            raise NotPossible("Pictures cannot be texted to or from the United Kingdom.")
        entry = self._written(phone_number, typed)
        self._desk.events.log(f"inbound {shortened(phone_number)} to {shortened(own.number)}")
        self._reply(Pair(own.number, phone_number), typed.body)
        self._desk.background.start(self._hand_over(entry))
        return entry

    def resume(self) -> None:
        """Go on with what an earlier run had received and not handed over."""
        for entry in self._desk.ledger.between(kind="inbound"):
            if entry.state == "received":
                self._desk.background.start(self._hand_over(entry))

    def _written(self, phone_number: str, typed: TextTyped) -> Entry:
        sid = new_sid("MM" if typed.pictures else "SM")
        entry = Entry(
            sid=sid,
            kind="inbound",
            from_number=phone_number,
            to_number=typed.to_number,
            body=typed.body,
            segments=count_segments(typed.body),
            state="received",
            at=now(),
            pictures=self._stored(sid, typed.pictures),
        )
        return self._desk.ledger.write(entry)

    def _stored(self, message_sid: str, pictures: Sequence[PictureTaken]) -> list[Picture]:
        stored: list[Picture] = []
        for picture in pictures:
            sid = new_sid("ME")
            self._desk.pictures.store(sid, StoredPicture(message_sid, picture.media_type, picture.content))
            stored.append(Picture(sid, picture.media_type, f"{self._desk.settings.public_url}/pictures/{sid}"))
        return stored

    def _reply(self, pair: Pair, body: str) -> None:
        """The carrier's own words. They reach the phone, and are no message of the account."""
        reply = self._desk.opt_outs.hear(pair, body)
        if not reply:
            return
        self._desk.events.log(f"{body.strip().upper()} from {shortened(pair.phone)}: the carrier answers by itself")
        self._desk.tell_blocks()
        at = now()
        self._desk.ledger.write(
            Entry(
                sid=new_sid("SM"),
                kind="carrier",
                from_number=pair.number,
                to_number=pair.phone,
                body=reply,
                segments=count_segments(reply),
                state="delivered",
                at=at,
                sent_at=at,
                arrived_at=at,
                times_seen=1,
            )
        )

    async def _hand_over(self, entry: Entry) -> None:
        def arrived() -> None:
            entry.times_seen += 1

        own = self._desk.numbers.find(entry.to_number)
        url = own.text_url if own is not None else ""
        answer = await self._desk.hooks.post(Hook(url, self._fields(entry, own), arrived)) if url else None
        entry.state = "handed_over" if answer is not None and answer.is_taken else "refused"
        self._desk.ledger.write(entry)

    def _fields(self, entry: Entry, own: OwnNumber | None) -> dict[str, str]:
        media_root = f"{self._desk.settings.api_root}/Messages/{entry.sid}/Media"
        fields = {
            "AccountSid": self._desk.settings.account_sid,
            "ApiVersion": "2010-04-01",
            "Body": entry.body,
            "From": entry.from_number,
            "FromCountry": country_of(entry.from_number),
            "MessageSid": entry.sid,
            "NumMedia": str(len(entry.pictures)),
            "NumSegments": str(entry.segments),
            "SmsMessageSid": entry.sid,
            "SmsSid": entry.sid,
            "SmsStatus": "received",
            "To": own.number if own is not None else entry.to_number,
            "ToCountry": country_of(entry.to_number),
        }
        for place, picture in enumerate(entry.pictures):
            fields[f"MediaUrl{place}"] = f"{media_root}/{picture.sid}"
            fields[f"MediaContentType{place}"] = picture.media_type
        return fields
