"""The rich-text editor: document reader and writer, typing rules, figures."""
