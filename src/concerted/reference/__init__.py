"""Closed lists and tables, each with its source and version."""
