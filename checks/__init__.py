"""Long or foreign checks, run by hand."""
