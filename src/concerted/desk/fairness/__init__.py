"""Fairness of a result folder, against a known truth: for whom links are missed or wrong."""

from concerted.desk.fairness.groups import measured

__all__ = ["measured"]
