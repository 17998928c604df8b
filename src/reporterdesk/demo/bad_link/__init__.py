"""A bad link to rehearse with: a proxy in front of a server, a process of its own."""
