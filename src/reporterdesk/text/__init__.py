"""The report's text: document tree, Markdown profile, safe HTML, counting. No Qt."""
