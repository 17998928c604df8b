"""Keys for actions: which may be chosen, who has them, and the page to choose them on."""
