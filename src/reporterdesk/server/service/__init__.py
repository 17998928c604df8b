"""The server's use cases: one module each, no HTTP inside."""
