"""ReporterDesk: write event reports offline, file them when a connection appears, publish them."""

__version__ = "0.1.0"
