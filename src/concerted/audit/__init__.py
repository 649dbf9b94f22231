"""Who consulted or changed what, in chains that show tampering. Below every other application."""
