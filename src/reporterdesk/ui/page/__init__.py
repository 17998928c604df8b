"""A report's page on the screen: the site's HTML, set for Qt."""
