"""Made-up news for tests and benches: events as they were, articles that tell them, pages and archives around these.

Everything follows from a seed. What is told, and by which article, is known: see `stream`.
"""
