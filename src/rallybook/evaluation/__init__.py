"""How right the records are."""
