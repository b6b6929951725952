"""Runs the migrations in the transaction of the connection that it is given; Alembic loads this file."""

from __future__ import annotations

from alembic import context

from rallybook.book.schema import metadata

context.configure(connection=context.config.attributes["connection"], target_metadata=metadata)
context.run_migrations()
