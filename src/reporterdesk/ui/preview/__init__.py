"""The preview beside the text."""
