"""Run by Alembic for every command; connection and transaction are made by `matchmaker.migrations`."""

from alembic import context

from matchmaker.migrations.append_only import add_steps
from matchmaker.migrations.tables import rendered, tables

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=tables(),
    render_as_batch=True,  # SQLite changes a table by copying it
    render_item=rendered,
    process_revision_directives=add_steps,
)
with context.begin_transaction():
    context.run_migrations()
