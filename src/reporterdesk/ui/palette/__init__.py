"""The command palette: every command, and reports by their headlines, by a few letters."""
