"""No phone number in any log: whatever is logged passes here first."""

import logging
import re

# Mainland mobiles however they are grouped, landlines with an area code, foreign numbers with a plus.
_NUMBER = re.compile(
    r"(?<![\w-])(?:\+\d[\d\s-]{7,16}\d|1[3-9]\d(?:[\s-]?\d{4}){2}|0\d{2,3}[\s-]?\d{7,8})(?![\w-])"
)
HIDDEN = "[电话]"


def scrubbed(text: str) -> str:
    """The text with every phone number hidden."""
    return _NUMBER.sub(HIDDEN, text)


class NoPhones(logging.Formatter):
    """A formatter whose finished line, traceback and all, holds no phone number."""

    def format(self, record: logging.LogRecord) -> str:
        """The line as it is written."""
        return scrubbed(super().format(record))
