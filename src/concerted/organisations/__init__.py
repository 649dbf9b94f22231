"""Organisations, their people, the roles that people have."""
