"""The version of the program, also written into every coded line."""

__version__ = "0.1.0"
