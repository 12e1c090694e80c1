"""The remaining ways in for owners: passkeys, codes to numbers on file, and invitations by the team."""

import sqlalchemy as sa
from alembic import op

revision = "passkeys"
down_revision = "app_versions"
branch_labels = None
depends_on = None


def upgrade() -> None:
    _add_passkeys()
    _add_texted_sign_ins()
    op.add_column("family_invitation", sa.Column("contact_id", sa.Uuid(), nullable=True))
    op.create_foreign_key(
        op.f("fk_family_invitation_practice_id_contact_id"),
        "family_invitation",
        "contact",
        ["practice_id", "contact_id"],
        ["practice_id", "id"],
    )
    op.create_index("ix_contact_number_anywhere", "contact_number", ["number"])


def _add_passkeys() -> None:
    op.create_table(
        "passkey",
        sa.Column("practice_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("contact_id", sa.Uuid(), nullable=False),
        sa.Column("credential_id", sa.LargeBinary(), nullable=False),
        sa.Column("public_key", sa.LargeBinary(), nullable=False),
        sa.Column("sign_count", sa.BigInteger(), nullable=False),
        sa.Column("device", sa.Text(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("last_used_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["practice_id", "contact_id"],
            ["contact.practice_id", "contact.id"],
            name=op.f("fk_passkey_practice_id_contact_id"),
        ),
        sa.PrimaryKeyConstraint("practice_id", "id", name=op.f("pk_passkey")),
    )
    op.create_index("one_contact_per_credential", "passkey", ["credential_id"], unique=True)
    op.create_index("ix_passkey_contact", "passkey", ["practice_id", "contact_id"])
    op.create_table(
        "passkey_challenge",
        sa.Column("challenge", sa.LargeBinary(), nullable=False),
        sa.Column("holder_hash", sa.LargeBinary(), nullable=False),
        sa.Column("origin_hash", sa.LargeBinary(), nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("challenge", name=op.f("pk_passkey_challenge")),
    )
    op.create_index("ix_passkey_challenge_origin", "passkey_challenge", ["origin_hash", "expires_at"])


def _add_texted_sign_ins() -> None:
    op.create_table(
        "texted_sign_in",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("number", sa.Text(), nullable=False),
        sa.Column("origin_hash", sa.LargeBinary(), nullable=False),
        sa.Column("code_hash", sa.LargeBinary(), nullable=False),
        sa.Column("tries", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("used_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint("number ~ '^[+][1-9][0-9]{5,14}$'", name=op.f("ck_texted_sign_in_number_is_e164")),
        sa.CheckConstraint("tries BETWEEN 0 AND 5", name=op.f("ck_texted_sign_in_tries_are_bounded")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_texted_sign_in")),
    )
    op.create_index("ix_texted_sign_in_number", "texted_sign_in", ["number", "created_at"])
    op.create_index("ix_texted_sign_in_origin", "texted_sign_in", ["origin_hash", "created_at"])
