"""Pages of matters: lists, one matter with its next step and its history, a new one."""

from .lists import index
from .new import new
from .one import act, matter

__all__ = ["act", "index", "matter", "new"]
