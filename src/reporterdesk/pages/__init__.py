"""The pages of the publication: one renderer for the public site and for the app's preview."""
