"""Find and replace: the bar below the text, and the window for all reports."""
