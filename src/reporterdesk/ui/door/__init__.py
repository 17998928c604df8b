"""What stands before the drafts while they are not open: the door, and the lock."""
