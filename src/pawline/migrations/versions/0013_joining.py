"""Codes of clinics, invitations into families, sign-ups, and texts that carry a sign-up's code."""

import sqlalchemy as sa
from alembic import op

revision = "joining"
down_revision = "held_texts"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("connection", sa.Column("via", sa.Text(), server_default="staff", nullable=False))
    op.create_check_constraint(op.f("ck_connection_via_is_known"), "connection", "via IN ('staff', 'qr', 'link', 'email')")
    _let_deliveries_carry_codes()
    _create_clinic_code()
    _create_family_invitation()
    _create_sign_up()


def _let_deliveries_carry_codes() -> None:
    op.drop_constraint(op.f("ck_delivery_category_is_known"), "delivery", type_="check")
    op.create_check_constraint(
        op.f("ck_delivery_category_is_known"),
        "delivery",
        "category IN ('two_way', 'health_reminders', 'appointment_confirmations', 'sign_in')",
    )


def _create_clinic_code() -> None:
    op.create_table(
        "clinic_code",
        sa.Column("practice_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("clinic_id", sa.Uuid(), nullable=False),
        sa.Column("code_hash", sa.LargeBinary(), nullable=False),
        sa.Column("made_by_id", sa.Uuid(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("revoked_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["practice_id", "clinic_id"], ["clinic.practice_id", "clinic.id"], name=op.f("fk_clinic_code_practice_id_clinic_id")
        ),
        sa.ForeignKeyConstraint(
            ["practice_id", "made_by_id"],
            ["staff_member.practice_id", "staff_member.id"],
            name=op.f("fk_clinic_code_practice_id_made_by_id"),
        ),
        sa.PrimaryKeyConstraint("practice_id", "id", name=op.f("pk_clinic_code")),
        sa.UniqueConstraint("code_hash", name="one_clinic_per_code"),
    )
    op.create_index(
        "one_live_code_per_clinic",
        "clinic_code",
        ["practice_id", "clinic_id"],
        unique=True,
        postgresql_where=sa.text("revoked_at IS NULL"),
    )


def _create_family_invitation() -> None:
    op.create_table(
        "family_invitation",
        sa.Column("practice_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("family_id", sa.Uuid(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("email", sa.Text(), nullable=True),
        sa.Column("link_hash", sa.LargeBinary(), nullable=False),
        sa.Column("invited_by_id", sa.Uuid(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("used_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("revoked_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint("email = lower(email)", name=op.f("ck_family_invitation_email_is_lower_case")),
        sa.ForeignKeyConstraint(
            ["practice_id", "family_id"],
            ["family.practice_id", "family.id"],
            name=op.f("fk_family_invitation_practice_id_family_id"),
        ),
        sa.ForeignKeyConstraint(
            ["practice_id", "invited_by_id"],
            ["person.practice_id", "person.id"],
            name=op.f("fk_family_invitation_practice_id_invited_by_id"),
        ),
        sa.PrimaryKeyConstraint("practice_id", "id", name=op.f("pk_family_invitation")),
        sa.UniqueConstraint("link_hash", name="one_invitation_per_link"),
    )
    op.create_index("ix_family_invitation_family", "family_invitation", ["practice_id", "family_id", "created_at"], unique=False)


def _create_sign_up() -> None:
    op.create_table(
        "sign_up",
        sa.Column("practice_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("clinic_code_id", sa.Uuid(), nullable=True),
        sa.Column("family_invitation_id", sa.Uuid(), nullable=True),
        sa.Column("first_name", sa.Text(), nullable=False),
        sa.Column("last_name", sa.Text(), nullable=False),
        sa.Column("email", sa.Text(), nullable=True),
        sa.Column("number", sa.Text(), nullable=True),
        sa.Column("origin_hash", sa.LargeBinary(), nullable=False),
        sa.Column("code_hash", sa.LargeBinary(), nullable=False),
        sa.Column("tries", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("used_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint("number ~ '^[+][1-9][0-9]{5,14}$'", name=op.f("ck_sign_up_number_is_e164")),
        sa.CheckConstraint(
            "(clinic_code_id IS NULL) <> (family_invitation_id IS NULL)", name=op.f("ck_sign_up_comes_by_one_way")
        ),
        sa.CheckConstraint("(email IS NULL) <> (number IS NULL)", name=op.f("ck_sign_up_proves_one_address")),
        sa.CheckConstraint("email = lower(email)", name=op.f("ck_sign_up_email_is_lower_case")),
        sa.CheckConstraint("tries BETWEEN 0 AND 5", name=op.f("ck_sign_up_tries_are_bounded")),
        sa.ForeignKeyConstraint(
            ["practice_id", "clinic_code_id"],
            ["clinic_code.practice_id", "clinic_code.id"],
            name=op.f("fk_sign_up_practice_id_clinic_code_id"),
        ),
        sa.ForeignKeyConstraint(
            ["practice_id", "family_invitation_id"],
            ["family_invitation.practice_id", "family_invitation.id"],
            name=op.f("fk_sign_up_practice_id_family_invitation_id"),
        ),
        sa.PrimaryKeyConstraint("practice_id", "id", name=op.f("pk_sign_up")),
        sa.UniqueConstraint("id", name="one_sign_up_per_attempt"),
    )
    op.create_index("ix_sign_up_clinic_code", "sign_up", ["practice_id", "clinic_code_id", "created_at"], unique=False)
    op.create_index("ix_sign_up_email", "sign_up", ["email", "created_at"], unique=False)
    op.create_index("ix_sign_up_number", "sign_up", ["number", "created_at"], unique=False)
