"""Practices and families: everybody a message can come from or go to, and how they sign in."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "people"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    _create_practices()
    _create_staff()
    _create_families()
    _create_pets()
    _create_sessions()
    _create_one_time_secrets()
    _create_answered_requests()


def _create_practices() -> None:
    op.create_table(
        "practice",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("is_demo", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_practice")),
    )
    op.create_table(
        "clinic",
        sa.Column("practice_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("country", sa.String(length=2), nullable=False),
        sa.Column("timezone", sa.Text(), nullable=False),
        sa.Column("phone", sa.Text(), nullable=True),
        sa.Column("emergency_number", sa.Text(), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("country ~ '^[A-Z]{2}$'", name=op.f("ck_clinic_country_is_two_letters")),
        sa.ForeignKeyConstraint(["practice_id"], ["practice.id"], name=op.f("fk_clinic_practice_id")),
        sa.PrimaryKeyConstraint("practice_id", "id", name=op.f("pk_clinic")),
    )
    op.create_table(
        "person",
        sa.Column("practice_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.CheckConstraint("kind IN ('staff', 'contact')", name=op.f("ck_person_kind_is_known")),
        sa.ForeignKeyConstraint(["practice_id"], ["practice.id"], name=op.f("fk_person_practice_id")),
        sa.PrimaryKeyConstraint("practice_id", "id", name=op.f("pk_person")),
    )


def _create_staff() -> None:
    op.create_table(
        "staff_member",
        sa.Column("practice_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("email", sa.Text(), nullable=False),
        sa.Column("role", sa.Text(), nullable=False),
        sa.Column("job_title", sa.Text(), nullable=False),
        sa.Column("password_hash", sa.Text(), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("left_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint(
            "role IN ('basic', 'senior', 'administrator', 'practice_owner')", name=op.f("ck_staff_member_role_is_known")
        ),
        sa.CheckConstraint("email = lower(email)", name=op.f("ck_staff_member_email_is_lower_case")),
        sa.ForeignKeyConstraint(
            ["practice_id", "id"], ["person.practice_id", "person.id"], name=op.f("fk_staff_member_practice_id_id")
        ),
        sa.PrimaryKeyConstraint("practice_id", "id", name=op.f("pk_staff_member")),
        sa.UniqueConstraint("practice_id", "email", name="one_staff_email_per_practice"),
    )
    op.create_index("ix_staff_member_email", "staff_member", ["email"], unique=False)
    op.create_table(
        "staff_clinic",
        sa.Column("practice_id", sa.Uuid(), nullable=False),
        sa.Column("staff_id", sa.Uuid(), nullable=False),
        sa.Column("clinic_id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(
            ["practice_id", "clinic_id"], ["clinic.practice_id", "clinic.id"], name=op.f("fk_staff_clinic_practice_id_clinic_id")
        ),
        sa.ForeignKeyConstraint(
            ["practice_id", "staff_id"],
            ["staff_member.practice_id", "staff_member.id"],
            name=op.f("fk_staff_clinic_practice_id_staff_id"),
        ),
        sa.PrimaryKeyConstraint("practice_id", "staff_id", "clinic_id", name=op.f("pk_staff_clinic")),
    )


def _create_families() -> None:
    op.create_table(
        "family",
        sa.Column("practice_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["practice_id"], ["practice.id"], name=op.f("fk_family_practice_id")),
        sa.PrimaryKeyConstraint("practice_id", "id", name=op.f("pk_family")),
    )
    op.create_table(
        "contact",
        sa.Column("practice_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("family_id", sa.Uuid(), nullable=False),
        sa.Column("role", sa.Text(), nullable=False),
        sa.Column("email", sa.Text(), nullable=True),
        sa.Column("phone", sa.Text(), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("role IN ('primary', 'secondary', 'other')", name=op.f("ck_contact_role_is_known")),
        sa.CheckConstraint("email = lower(email)", name=op.f("ck_contact_email_is_lower_case")),
        sa.ForeignKeyConstraint(
            ["practice_id", "family_id"], ["family.practice_id", "family.id"], name=op.f("fk_contact_practice_id_family_id")
        ),
        sa.ForeignKeyConstraint(
            ["practice_id", "id"], ["person.practice_id", "person.id"], name=op.f("fk_contact_practice_id_id")
        ),
        sa.PrimaryKeyConstraint("practice_id", "id", name=op.f("pk_contact")),
    )
    op.create_index("ix_contact_email", "contact", ["email"], unique=False)
    op.create_index("ix_contact_family", "contact", ["practice_id", "family_id"], unique=False)
    op.create_index(
        "one_primary_contact_per_family",
        "contact",
        ["practice_id", "family_id"],
        unique=True,
        postgresql_where=sa.text("role = 'primary'"),
    )


def _create_pets() -> None:
    op.create_table(
        "pet",
        sa.Column("practice_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("family_id", sa.Uuid(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("species", sa.Text(), nullable=False),
        sa.Column("breed", sa.Text(), nullable=False),
        sa.Column("born_on", sa.Date(), nullable=True),
        sa.Column("died_on", sa.Date(), nullable=True),
        sa.Column("weight_grams", sa.Integer(), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("weight_grams > 0", name=op.f("ck_pet_weight_is_positive")),
        sa.ForeignKeyConstraint(
            ["practice_id", "family_id"], ["family.practice_id", "family.id"], name=op.f("fk_pet_practice_id_family_id")
        ),
        sa.PrimaryKeyConstraint("practice_id", "id", name=op.f("pk_pet")),
        sa.UniqueConstraint("practice_id", "family_id", "id", name="pet_within_family"),
    )
    op.create_table(
        "connection",
        sa.Column("practice_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("pet_id", sa.Uuid(), nullable=False),
        sa.Column("family_id", sa.Uuid(), nullable=False),
        sa.Column("clinic_id", sa.Uuid(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("changed_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint(
            "state IN ('invited', 'accepted', 'declined', 'expired', 'revoked')", name=op.f("ck_connection_state_is_known")
        ),
        sa.ForeignKeyConstraint(
            ["practice_id", "clinic_id"], ["clinic.practice_id", "clinic.id"], name=op.f("fk_connection_practice_id_clinic_id")
        ),
        sa.ForeignKeyConstraint(
            ["practice_id", "family_id", "pet_id"],
            ["pet.practice_id", "pet.family_id", "pet.id"],
            name=op.f("fk_connection_practice_id_family_id_pet_id"),
        ),
        sa.PrimaryKeyConstraint("practice_id", "id", name=op.f("pk_connection")),
        sa.UniqueConstraint("practice_id", "pet_id", "clinic_id", name="one_connection_per_pet_and_clinic"),
    )
    op.create_index("ix_connection_family_clinic", "connection", ["practice_id", "family_id", "clinic_id", "state"], unique=False)


def _create_sessions() -> None:
    op.create_table(
        "login_session",
        sa.Column("practice_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("token_hash", sa.LargeBinary(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("last_seen_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("idle_until", sa.DateTime(timezone=True), nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("revoked_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("device", sa.Text(), nullable=False),
        sa.Column("address", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["practice_id", "person_id"], ["person.practice_id", "person.id"], name=op.f("fk_login_session_practice_id_person_id")
        ),
        sa.PrimaryKeyConstraint("practice_id", "id", name=op.f("pk_login_session")),
        sa.UniqueConstraint("token_hash", name="one_session_per_token"),
    )
    op.create_index("ix_login_session_person", "login_session", ["practice_id", "person_id"], unique=False)
    op.create_table(
        "sign_in_failure",
        sa.Column("id", sa.BigInteger(), sa.Identity(always=True), nullable=False),
        sa.Column("subject_hash", sa.LargeBinary(), nullable=False),
        sa.Column("failed_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_sign_in_failure")),
    )
    op.create_index("ix_sign_in_failure_subject", "sign_in_failure", ["subject_hash", "failed_at"], unique=False)


def _create_one_time_secrets() -> None:
    op.create_table(
        "sign_in_code",
        sa.Column("practice_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("contact_id", sa.Uuid(), nullable=False),
        sa.Column("attempt_id", sa.Uuid(), nullable=False),
        sa.Column("code_hash", sa.LargeBinary(), nullable=False),
        sa.Column("link_hash", sa.LargeBinary(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("used_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("tries", sa.Integer(), nullable=False),
        sa.CheckConstraint("tries BETWEEN 0 AND 5", name=op.f("ck_sign_in_code_tries_are_bounded")),
        sa.ForeignKeyConstraint(
            ["practice_id", "contact_id"],
            ["contact.practice_id", "contact.id"],
            name=op.f("fk_sign_in_code_practice_id_contact_id"),
        ),
        sa.PrimaryKeyConstraint("practice_id", "id", name=op.f("pk_sign_in_code")),
        sa.UniqueConstraint("link_hash", name="one_code_per_link"),
    )
    op.create_index("ix_sign_in_code_attempt", "sign_in_code", ["attempt_id"], unique=False)
    op.create_table(
        "password_link",
        sa.Column("practice_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("staff_id", sa.Uuid(), nullable=False),
        sa.Column("link_hash", sa.LargeBinary(), nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("used_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["practice_id", "staff_id"],
            ["staff_member.practice_id", "staff_member.id"],
            name=op.f("fk_password_link_practice_id_staff_id"),
        ),
        sa.PrimaryKeyConstraint("practice_id", "id", name=op.f("pk_password_link")),
        sa.UniqueConstraint("link_hash", name="one_password_link_per_secret"),
    )


def _create_answered_requests() -> None:
    op.create_table(
        "answered_request",
        sa.Column("practice_id", sa.Uuid(), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("key", sa.Uuid(), nullable=False),
        sa.Column("request_hash", sa.LargeBinary(), nullable=False),
        sa.Column("answer", postgresql.JSONB(), nullable=True),
        sa.Column("answered_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["practice_id", "person_id"],
            ["person.practice_id", "person.id"],
            name=op.f("fk_answered_request_practice_id_person_id"),
        ),
        sa.PrimaryKeyConstraint("practice_id", "person_id", "key", name=op.f("pk_answered_request")),
    )
