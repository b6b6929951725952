"""What holds for all tests."""

from hypothesis import settings

# a busy machine must not fail a law, nor chance one run of many
settings.register_profile("rallybook", deadline=None, derandomize=True)
settings.load_profile("rallybook")
