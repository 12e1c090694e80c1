"""Sessions, one-time secrets and failed tries. Secrets are stored as hashes only."""

from sqlalchemy import BigInteger, CheckConstraint, Identity, Index, LargeBinary, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from pawline.platform.columns import Key, Moment, Reference, refers
from pawline.platform.db import Model


class LoginSession(Model):
    __tablename__ = "login_session"
    __table_args__ = (
        refers("person_id", "person"),
        UniqueConstraint("token_hash", name="one_session_per_token"),
        Index("ix_login_session_person", "practice_id", "person_id"),
    )

    practice_id: Mapped[Key]
    id: Mapped[Key]
    person_id: Mapped[Reference]
    token_hash: Mapped[bytes] = mapped_column(LargeBinary)
    created_at: Mapped[Moment]
    last_seen_at: Mapped[Moment]
    idle_until: Mapped[Moment]
    expires_at: Mapped[Moment]
    revoked_at: Mapped[Moment | None]
    # Of a shared front desk alone: 10 minutes after it was last touched, or when somebody locked it.
    locks_at: Mapped[Moment | None]
    # When whoever it is last proved that. None: when it began, at a release that did not know of this.
    proven_at: Mapped[Moment | None]
    device: Mapped[str] = mapped_column(Text)
    address: Mapped[str] = mapped_column(Text)


class SignInCode(Model):
    """A code and a link for one contact, sent in one e-mail; either uses up both."""

    __tablename__ = "sign_in_code"
    __table_args__ = (
        refers("contact_id", "contact"),
        Index("ix_sign_in_code_attempt", "attempt_id"),
        UniqueConstraint("link_hash", name="one_code_per_link"),
        CheckConstraint("tries BETWEEN 0 AND 5", name="tries_are_bounded"),
    )

    practice_id: Mapped[Key]
    id: Mapped[Key]
    contact_id: Mapped[Reference]
    attempt_id: Mapped[Reference]
    code_hash: Mapped[bytes] = mapped_column(LargeBinary)
    link_hash: Mapped[bytes] = mapped_column(LargeBinary)
    # In which it was asked for, and is mailed.
    language: Mapped[str] = mapped_column(Text, default="en", server_default="en")
    created_at: Mapped[Moment]
    expires_at: Mapped[Moment]
    used_at: Mapped[Moment | None]
    tries: Mapped[int] = mapped_column(default=0)


class PasswordLink(Model):
    """Lets one staff member choose a password, once."""

    __tablename__ = "password_link"
    __table_args__ = (refers("staff_id", "staff_member"), UniqueConstraint("link_hash", name="one_password_link_per_secret"))

    practice_id: Mapped[Key]
    id: Mapped[Key]
    staff_id: Mapped[Reference]
    link_hash: Mapped[bytes] = mapped_column(LargeBinary)
    expires_at: Mapped[Moment]
    used_at: Mapped[Moment | None]


class StaffPin(Model):
    """What one staff member unlocks a shared front desk with. After five wrong tries in a row it takes the password."""

    __tablename__ = "staff_pin"
    __table_args__ = (refers("staff_id", "staff_member"), CheckConstraint("tries BETWEEN 0 AND 5", name="tries_are_bounded"))

    practice_id: Mapped[Key]
    staff_id: Mapped[Key]
    pin_hash: Mapped[bytes] = mapped_column(LargeBinary)
    chosen_at: Mapped[Moment]
    tries: Mapped[int] = mapped_column(default=0)


class Authenticator(Model):
    """The app of one staff member that makes codes (RFC 6238). It is asked for from ``confirmed_at`` on.

    ``last_step``: the half minute, counted from 1970, of the last code that was taken; none of it or before counts again.
    """

    __tablename__ = "authenticator"
    __table_args__ = (refers("staff_id", "staff_member"),)

    practice_id: Mapped[Key]
    staff_id: Mapped[Key]
    sealed_secret: Mapped[bytes] = mapped_column(LargeBinary)
    begun_at: Mapped[Moment]
    confirmed_at: Mapped[Moment | None]
    last_step: Mapped[int] = mapped_column(BigInteger)


class RecoveryCode(Model):
    """Stands in for a code of the app, once."""

    __tablename__ = "recovery_code"
    __table_args__ = (refers("staff_id", "staff_member"),)

    practice_id: Mapped[Key]
    staff_id: Mapped[Key]
    code_hash: Mapped[bytes] = mapped_column(LargeBinary, primary_key=True)
    used_at: Mapped[Moment | None]


class SecondStep(Model):
    """Somebody's password was right, and their code is asked for: of the browser alone that has the secret."""

    __tablename__ = "second_step"
    __table_args__ = (
        refers("staff_id", "staff_member"),
        UniqueConstraint("secret_hash", name="one_second_step_per_secret"),
        Index("ix_second_step_staff", "practice_id", "staff_id"),
        CheckConstraint("tries BETWEEN 0 AND 5", name="tries_are_bounded"),
    )

    practice_id: Mapped[Key]
    id: Mapped[Key]
    staff_id: Mapped[Reference]
    secret_hash: Mapped[bytes] = mapped_column(LargeBinary)
    expires_at: Mapped[Moment]
    tries: Mapped[int] = mapped_column(default=0)


class FactorEvent(Model):
    """That something by which a staff member proves who they are came, went or was used up. Rows are only ever added.

    ``about``: the name of a passkey; empty where there is nothing to name.
    """

    __tablename__ = "factor_event"
    __table_args__ = (refers("staff_id", "staff_member"), refers("by_id", "staff_member"))

    practice_id: Mapped[Key]
    id: Mapped[Key]
    staff_id: Mapped[Reference]
    by_id: Mapped[Reference]
    kind: Mapped[str] = mapped_column(Text)
    about: Mapped[str] = mapped_column(Text)
    happened_at: Mapped[Moment]


class ContactLink(Model):
    """Contacts with the same ``account_id`` are one person, at several practices. No row: nobody knows of another."""

    __tablename__ = "contact_link"
    __table_args__ = (
        refers("contact_id", "contact"),
        Index("one_contact_per_account_and_practice", "account_id", "practice_id", unique=True),
    )

    practice_id: Mapped[Key]
    contact_id: Mapped[Key]
    account_id: Mapped[Reference]
    linked_at: Mapped[Moment]


class SignInFailure(Model):
    """A failed try, kept under a hash of the account or the address it came from."""

    __tablename__ = "sign_in_failure"
    __table_args__ = (Index("ix_sign_in_failure_subject", "subject_hash", "failed_at"),)

    id: Mapped[int] = mapped_column(BigInteger, Identity(always=True), primary_key=True)
    subject_hash: Mapped[bytes] = mapped_column(LargeBinary)
    failed_at: Mapped[Moment]
