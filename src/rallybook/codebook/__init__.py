"""Vocabulary and rules as data, versioned, loaded into typed objects."""
