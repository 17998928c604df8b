"""The draft store on this laptop: SQLite behind one thread."""
