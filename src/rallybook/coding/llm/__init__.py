"""A large language model as a coder: asked only where it is named, and believed only where the text proves it."""
