"""What comes from elsewhere, brought into the document tree: HTML, DOCX, Markdown, plain text."""
