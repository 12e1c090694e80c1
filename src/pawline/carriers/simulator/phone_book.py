"""The phones there are. A number without a phone here is somebody's mobile that works."""

from collections.abc import Iterator
from typing import Annotated, Literal

import msgspec


class Phone(msgspec.Struct, kw_only=True):
    """``failure_code``: what a text to it always ends with, whatever the weather, such as 30007 for a spam filter."""

    number: str
    name: str
    kind: Literal["mobile", "landline"] = "mobile"
    is_on: bool = True
    failure_code: int | None = None


class PhoneChange(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """Only what is given changes."""

    name: Annotated[str, msgspec.Meta(min_length=1, max_length=60)] | msgspec.UnsetType = msgspec.UNSET
    is_on: bool | msgspec.UnsetType = msgspec.UNSET
    failure_code: int | msgspec.UnsetType | None = msgspec.UNSET


def cast() -> list[Phone]:
    return [
        Phone(number="+14155550117", name="Olive Hart"),
        Phone(number="+14155550134", name="Unknown number"),
        Phone(number="+447700900123", name="Priya Shah (UK)"),
        Phone(number="+14155550100", name="Landline", kind="landline"),
    ]


class PhoneBook:
    def __init__(self) -> None:
        self._phones = {phone.number: phone for phone in cast()}

    def __iter__(self) -> Iterator[Phone]:
        return iter(self._phones.values())

    def find(self, number: str) -> Phone | None:
        return self._phones.get(number)

    def add(self, phone: Phone) -> Phone:
        self._phones[phone.number] = phone
        return phone

    def clear(self) -> None:
        self._phones = {phone.number: phone for phone in cast()}


def changed(phone: Phone, change: PhoneChange) -> Phone:
    given = {name: value for name, value in msgspec.structs.asdict(change).items() if value is not msgspec.UNSET}
    return msgspec.structs.replace(phone, **given)
