"""The report of a run as one page: what it shows (`data`), where a chart's marks stand (`charts`), the page itself."""

from concerted.desk.report.page import render

__all__ = ["render"]
