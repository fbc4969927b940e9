"""What did people write down? Country, strategy, claims, futures, sources. Knows nothing of models."""

from morava.plans.document import verify_document
from morava.plans.freeze import freeze
from morava.plans.hashes import country_hash, futures_hash, strategy_hash
from morava.plans.pack import list_countries
from morava.plans.prices import Prices
from morava.plans.read import check_pack, read_country, read_futures, read_strategy
from morava.plans.schemas import json_schemas, write_json_schemas

__all__ = [
    "Prices",
    "check_pack",
    "country_hash",
    "freeze",
    "futures_hash",
    "json_schemas",
    "list_countries",
    "read_country",
    "read_futures",
    "read_strategy",
    "strategy_hash",
    "verify_document",
    "write_json_schemas",
]
