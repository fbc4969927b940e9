"""Real data in place of the synthetic parts of the trade world: duties, input-output tables, BACI, ITPD."""

from morava.exchange.trade_data.asked import KINDS, Asked, Loaded, NewSource
from morava.exchange.trade_data.load import load_trade_data

__all__ = ["KINDS", "Asked", "Loaded", "NewSource", "load_trade_data"]
