"""What initiatives physically are: data centres, and what a robot plant needs."""

from morava.models.projects.model import projects

__all__ = ["projects"]
