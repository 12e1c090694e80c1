"""Contacts that are one person, invitations of vets, and connections that an owner asked for."""

import sqlalchemy as sa
from alembic import op

revision = "vets"
down_revision = "poster"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.drop_constraint(op.f("ck_connection_via_is_known"), "connection", type_="check")
    op.create_check_constraint(
        op.f("ck_connection_via_is_known"), "connection", "via IN ('staff', 'qr', 'link', 'email', 'owner')"
    )
    _create_contact_link()
    _create_vet_invitation()


def _create_contact_link() -> None:
    op.create_table(
        "contact_link",
        sa.Column("practice_id", sa.Uuid(), nullable=False),
        sa.Column("contact_id", sa.Uuid(), nullable=False),
        sa.Column("account_id", sa.Uuid(), nullable=False),
        sa.Column("linked_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["practice_id", "contact_id"],
            ["contact.practice_id", "contact.id"],
            name=op.f("fk_contact_link_practice_id_contact_id"),
        ),
        sa.PrimaryKeyConstraint("practice_id", "contact_id", name=op.f("pk_contact_link")),
    )
    op.create_index("one_contact_per_account_and_practice", "contact_link", ["account_id", "practice_id"], unique=True)


def _create_vet_invitation() -> None:
    op.create_table(
        "vet_invitation",
        sa.Column("practice_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("pet_id", sa.Uuid(), nullable=False),
        sa.Column("invited_by_id", sa.Uuid(), nullable=False),
        sa.Column("email", sa.Text(), nullable=True),
        sa.Column("link_hash", sa.LargeBinary(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("mail_count", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("decided_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("accepted_practice_id", sa.Uuid(), nullable=True),
        sa.CheckConstraint("email = lower(email)", name=op.f("ck_vet_invitation_email_is_lower_case")),
        sa.CheckConstraint("mail_count BETWEEN 0 AND 3", name=op.f("ck_vet_invitation_mails_are_few")),
        sa.CheckConstraint(
            "state IN ('invited', 'accepted', 'declined', 'expired', 'revoked')", name=op.f("ck_vet_invitation_state_is_known")
        ),
        sa.ForeignKeyConstraint(["accepted_practice_id"], ["practice.id"], name=op.f("fk_vet_invitation_accepted_practice_id")),
        sa.ForeignKeyConstraint(
            ["practice_id", "invited_by_id"],
            ["contact.practice_id", "contact.id"],
            name=op.f("fk_vet_invitation_practice_id_invited_by_id"),
        ),
        sa.ForeignKeyConstraint(
            ["practice_id", "pet_id"], ["pet.practice_id", "pet.id"], name=op.f("fk_vet_invitation_practice_id_pet_id")
        ),
        sa.PrimaryKeyConstraint("practice_id", "id", name=op.f("pk_vet_invitation")),
        sa.UniqueConstraint("link_hash", name="one_vet_invitation_per_link"),
    )
    op.create_index(
        "one_open_vet_invitation_per_pet",
        "vet_invitation",
        ["practice_id", "pet_id"],
        unique=True,
        postgresql_where=sa.text("state = 'invited'"),
    )
    op.create_index("ix_vet_invitation_pet", "vet_invitation", ["practice_id", "pet_id", "created_at"])
