"""What happens between the parts of the window: one small controller for each concern."""
