"""The data-quality page: what the records hold and lack, by agency and field, and the rows behind every number."""

from concerted.desk.quality.completeness import quality

__all__ = ["quality"]
