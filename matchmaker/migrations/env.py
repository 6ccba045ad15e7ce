"""Run by Alembic for every command; connection and transaction are made by `matchmaker.migrations`."""

from alembic import context

from matchmaker.migrations.tables import rendered, tables

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=tables(),
    render_as_batch=True,  # SQLite changes a table by copying it
    render_item=rendered,
)
with context.begin_transaction():
    context.run_migrations()
