"""rallybook reads news articles and keeps the book on protests."""
