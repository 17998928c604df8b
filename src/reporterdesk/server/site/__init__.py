"""The public site: pages, feeds and what search engines read. Reads published reports only."""
