"""Passkeys of contacts and of staff members, and the challenges that they answer."""

from sqlalchemy import BigInteger, Index, LargeBinary, Text
from sqlalchemy.orm import Mapped, mapped_column

from pawline.platform.columns import Key, Moment, Reference, refers
from pawline.platform.db import Model


class Passkey(Model):
    """Signs in one contact. ``sign_count`` is what the authenticator counted to at its last use; those that sync say 0."""

    __tablename__ = "passkey"
    __table_args__ = (
        refers("contact_id", "contact"),
        # Whoever signs in shows a credential and nothing else, so it belongs to one contact of one practice alone.
        Index("one_contact_per_credential", "credential_id", unique=True),
        Index("ix_passkey_contact", "practice_id", "contact_id"),
    )

    practice_id: Mapped[Key]
    id: Mapped[Key]
    contact_id: Mapped[Reference]
    credential_id: Mapped[bytes] = mapped_column(LargeBinary)
    public_key: Mapped[bytes] = mapped_column(LargeBinary)
    sign_count: Mapped[int] = mapped_column(BigInteger)
    # The user agent of the browser that made it.
    device: Mapped[str] = mapped_column(Text)
    created_at: Mapped[Moment]
    last_used_at: Mapped[Moment | None]


class StaffPasskey(Model):
    """The same for one staff member, who gave it its name."""

    __tablename__ = "staff_passkey"
    __table_args__ = (
        refers("staff_id", "staff_member"),
        Index("one_staff_member_per_credential", "credential_id", unique=True),
        Index("ix_staff_passkey_staff", "practice_id", "staff_id"),
    )

    practice_id: Mapped[Key]
    id: Mapped[Key]
    staff_id: Mapped[Reference]
    credential_id: Mapped[bytes] = mapped_column(LargeBinary)
    public_key: Mapped[bytes] = mapped_column(LargeBinary)
    sign_count: Mapped[int] = mapped_column(BigInteger)
    name: Mapped[str] = mapped_column(Text)
    created_at: Mapped[Moment]
    last_used_at: Mapped[Moment | None]


class PasskeyChallenge(Model):
    """What a passkey has to sign, once. ``holder_hash`` is of a secret that only the browser has which asked for it."""

    __tablename__ = "passkey_challenge"
    __table_args__ = (Index("ix_passkey_challenge_origin", "origin_hash", "expires_at"),)

    challenge: Mapped[bytes] = mapped_column(LargeBinary, primary_key=True)
    holder_hash: Mapped[bytes] = mapped_column(LargeBinary)
    # A keyed hash of where the request came from, for limits.
    origin_hash: Mapped[bytes] = mapped_column(LargeBinary)
    expires_at: Mapped[Moment]
