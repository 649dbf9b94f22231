"""Backups: a store as one sealed file, made while it is in use, and brought back whole or not at all."""
