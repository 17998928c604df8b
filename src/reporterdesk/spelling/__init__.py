"""Spelling: finding dictionaries, cutting words, and a process of its own that checks them.

Hunspell holds Python's lock while it loads a dictionary (0.3 s for a large one) and while it looks
for suggestions (as long again): on a thread it would stop the window. So all of it is done by a
child process, to which :mod:`.service` speaks; a dictionary that brings Hunspell down takes nothing
else with it.
"""
