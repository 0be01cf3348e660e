"""涂掉文字: words in a day's records that name somebody who asks to be forgotten, or never should have (TQ-11)."""

from yingbin.journal.action import action
from yingbin.journal.write import Pen
from yingbin.rules.decision import Refused

from ..mentions import everywhere, strike

REASONS = {"asked": "本人要求删除", "mistaken": "写错了人", "needless": "不该写在这里"}


@action("duty.erase_words")
def erase_words(pen: Pen, *, text: str, chosen: tuple[str, ...], because: str) -> int:
    """Empties these of the words that contain a text; can't be undone. How many rows.

    chosen: keys of what `everywhere` shows. Raises `Refused` for none, and without a reason of `REASONS`.
    """
    if because not in REASONS:
        raise Refused(None, "请选为什么涂掉。", about="because")
    found = [one for one in everywhere(pen.site_id, text) if one.key in chosen]
    if not found:
        raise Refused(None, "请勾选要涂掉的文字；已经被别人涂掉的，不再列出。", about="chosen")
    return strike(pen, found, because=because)
