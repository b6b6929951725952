"""How a book of one version becomes one of the next; Alembic runs what stands in `versions`."""
