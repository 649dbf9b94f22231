"""Composes the engines over a folder: the file store, the pipeline, the report."""
