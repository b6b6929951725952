"""The store of record: articles, records and decisions are appended, events are derived from them."""
