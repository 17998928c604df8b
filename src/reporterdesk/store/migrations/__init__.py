"""From the tables of an older release to today's, one step a version.

Importing this package imports nothing else. Alembic takes its time and is imported by
:mod:`~reporterdesk.store.migrations.running` alone, which is imported only where a file is behind.

Alembic lends its operations; it neither finds the steps nor counts them. Its version table would
say what ``PRAGMA user_version`` says already, in a place that the first screen and another
program's tools do not look at, and its configuration is for a developer at a command line.
"""
