"""Runs migrations on the connection it is given: by ``pawline.platform.migrate``, which holds the lock."""

from alembic import context

from pawline.platform.db import Model

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=Model.metadata,
    transaction_per_migration=True,
    compare_type=True,
    compare_server_default=True,
)

with context.begin_transaction():
    context.run_migrations()
