"""Both versions side by side, where somebody has to choose."""
