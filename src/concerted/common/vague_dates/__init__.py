"""Dates as people give them: an interval with its words, compared in three values, never a made-up day."""

from concerted.common.vague_dates.interval import VagueDate
from concerted.common.vague_dates.reading import NotADateError, full_year, read
from concerted.common.vague_dates.tri import Tri

__all__ = ["NotADateError", "Tri", "VagueDate", "full_year", "read"]
