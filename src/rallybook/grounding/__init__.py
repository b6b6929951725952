"""From words to values: places, dates, head counts, responses."""
