"""The HTTP side: thin functions that read a request, call one use case and answer."""
