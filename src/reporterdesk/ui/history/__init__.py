"""A report's history in the window: the slider over its moments, the page, and what restores."""
