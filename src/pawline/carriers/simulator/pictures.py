"""Pictures that phones sent: kept for the product to fetch, until it deletes them, and for the phone that shows its own."""

from dataclasses import dataclass


@dataclass(slots=True)
class StoredPicture:
    message_sid: str
    media_type: str
    content: bytes
    is_at_carrier: bool = True


class Pictures:
    def __init__(self) -> None:
        self._pictures: dict[str, StoredPicture] = {}

    def store(self, sid: str, picture: StoredPicture) -> None:
        self._pictures[sid] = picture

    def at_carrier(self, sid: str) -> StoredPicture | None:
        picture = self._pictures.get(sid)
        return picture if picture is not None and picture.is_at_carrier else None

    def on_phone(self, sid: str) -> StoredPicture | None:
        return self._pictures.get(sid)

    def of_message(self, message_sid: str) -> dict[str, StoredPicture]:
        found = self._pictures.items()
        return {sid: picture for sid, picture in found if picture.message_sid == message_sid and picture.is_at_carrier}

    def clear(self) -> None:
        self._pictures.clear()
