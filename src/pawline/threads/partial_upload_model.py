"""A file on its way to us."""

from sqlalchemy import ARRAY, BigInteger, CheckConstraint, Index, Text
from sqlalchemy.orm import Mapped, mapped_column

from pawline.platform.columns import Key, Moment, Reference, refers
from pawline.platform.db import Model


class PartialUpload(Model):
    """A file that arrives in parts, so that a lost connection costs only the last of them.

    ``part_names`` in the order of the file; ``received_bytes`` is what they hold together.
    """

    __tablename__ = "partial_upload"
    __table_args__ = (
        refers("thread_id", "thread"),
        refers("uploader_id", "person"),
        Index("one_partial_upload_per_upload_key", "practice_id", "uploader_id", "upload_key", unique=True),
        Index("ix_partial_upload_thread", "practice_id", "thread_id"),
        Index("ix_partial_upload_age", "created_at"),
        CheckConstraint("received_bytes BETWEEN 0 AND size_bytes", name="received_no_more_than_announced"),
    )

    practice_id: Mapped[Key]
    id: Mapped[Key]
    thread_id: Mapped[Reference]
    uploader_id: Mapped[Reference]
    upload_key: Mapped[Reference]
    file_name: Mapped[str] = mapped_column(Text)
    size_bytes: Mapped[int] = mapped_column(BigInteger)
    received_bytes: Mapped[int] = mapped_column(BigInteger, default=0)
    part_names: Mapped[list[str]] = mapped_column(ARRAY(Text))
    created_at: Mapped[Moment]
