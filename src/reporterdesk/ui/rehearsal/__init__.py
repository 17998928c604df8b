"""Rehearsing a bad connection: the app’s calls go through a bad link on this machine."""
