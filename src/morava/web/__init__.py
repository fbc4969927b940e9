"""How do people look at it in a browser? An application over runs and views; it computes nothing itself."""

from morava.web.app import create_app
from morava.web.settings import Settings

__all__ = ["Settings", "create_app"]
