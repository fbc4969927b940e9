"""When is each stage really done, and at what cost? Stage networks, reference classes, gates and the slip ledger."""

from morava.models.schedule.model import schedule

__all__ = ["schedule"]
