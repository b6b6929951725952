"""From an article to its protest-event records."""
