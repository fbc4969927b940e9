"""What the programme costs, who pays, whether it fits its envelopes, and what it does to public debt."""

from morava.models.money.model import money

__all__ = ["money"]
