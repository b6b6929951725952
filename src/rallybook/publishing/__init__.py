"""Records handed out as tables, lines and maps."""
