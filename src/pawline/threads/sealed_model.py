"""What deleted messages said, encrypted, and the keys to it."""

from sqlalchemy import Index, LargeBinary, text
from sqlalchemy.orm import Mapped, mapped_column

from pawline.platform.columns import Key, Moment, refers
from pawline.platform.db import Model


class SealedMessage(Model):
    """``content`` None: erased. ``body_sha256`` stays, as proof of what was written.

    ``is_settled``: its files are sealed and what else had copies has none any more; after an erasure, its files are gone.
    """

    __tablename__ = "sealed_message"
    __table_args__ = (
        refers("message_id", "message"),
        Index("ix_sealed_message_unsettled", "changed_at", postgresql_where=text("NOT is_settled")),
    )

    practice_id: Mapped[Key]
    message_id: Mapped[Key]
    content: Mapped[bytes | None] = mapped_column(LargeBinary)
    body_sha256: Mapped[bytes] = mapped_column(LargeBinary)
    changed_at: Mapped[Moment]
    is_settled: Mapped[bool] = mapped_column(default=False)


class MessageKey(Model):
    """Opens the content and the files of one deleted message. Erasing the message is deleting this row."""

    __tablename__ = "message_key"
    __table_args__ = (refers("message_id", "message"),)

    practice_id: Mapped[Key]
    message_id: Mapped[Key]
    key: Mapped[bytes] = mapped_column(LargeBinary)
