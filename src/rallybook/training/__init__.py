"""Fits the models that the coder uses from labelled articles."""
