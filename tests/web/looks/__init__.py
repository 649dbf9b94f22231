"""Pages that only tests have: every component, and each way to fail."""
