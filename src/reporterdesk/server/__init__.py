"""The reference publishing server."""
