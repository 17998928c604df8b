"""The publishing API's messages, shared by client and server."""
