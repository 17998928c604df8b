"""What a reporter sees of sending: what waits, how far it is, how long it takes, and why."""
