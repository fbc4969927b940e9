"""How is it said? Messages in four languages, numbers and dates, and Serbian in both scripts."""

from morava.languages.formats import date, money, number, percent
from morava.languages.latin import latin
from morava.languages.messages import LANGUAGES, WRITTEN, catalogue, say, say_from, slug

__all__ = [
    "LANGUAGES",
    "WRITTEN",
    "catalogue",
    "date",
    "latin",
    "money",
    "number",
    "percent",
    "say",
    "say_from",
    "slug",
]
