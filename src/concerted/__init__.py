"""Concerted joins what agencies hold separately into one picture with a reason for every link."""

__version__ = "0.1.0"
