"""All drafts and photos as one zip that a person can read without the app, and back again."""
