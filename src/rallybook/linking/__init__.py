"""From the records of many articles to events: which tell one event, and what they tell of it together."""
