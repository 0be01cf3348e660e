"""What stands where something is known no more: a colleague who left, words erased on request."""

from collections.abc import Mapping
from typing import Final

LEFT: Final = "已离职同事"
ERASED: Final = "（已按本人要求删除）"  # guards in the database know these words: they never change


def colleague(names: Mapping[str, str], who: object) -> str:
    """What somebody is called, by their id; whoever is in no list of names has left the house."""
    return names.get(str(who)) or LEFT
