"""The words of the house: frozen values and the rules between them. Standard library only."""
