"""Find and replace in many reports at once."""
