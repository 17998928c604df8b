"""Connectors to a central publishing API."""
