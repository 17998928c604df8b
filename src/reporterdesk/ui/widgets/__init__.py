"""Parts that windows are put together from."""
