"""A sample newsroom, and a guided walk through the whole path."""
