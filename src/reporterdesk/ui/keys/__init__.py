"""Keys of actions: which may be chosen, and who has them."""
