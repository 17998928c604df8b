"""Photos: reading, orientation, renditions, metadata. No Qt."""
