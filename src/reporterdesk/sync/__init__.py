"""Delivery in the background: plain Python, no Qt, no threads of its own."""
