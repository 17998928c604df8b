"""The page of the settings on which keys are chosen."""
