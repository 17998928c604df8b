"""The draft store on this laptop: SQLite behind one thread.

Importing this package imports nothing else: the first screen is read before SQLAlchemy is loaded.
"""
