"""No phone number and nobody's words in any log: whatever is logged passes here first.

What went wrong is told by the kind of error and where it happened. Its message is left out: the
database quotes the row that was refused, Python the value that wasn't a number.
"""

import copy
import logging
import re
import threading
import traceback
from collections.abc import Iterator
from types import TracebackType
from typing import Any

from django.core.exceptions import ImproperlyConfigured
from django.template import TemplateDoesNotExist

# Mainland mobiles however they are grouped, landlines with an area code, foreign numbers with a plus.
_NUMBER = re.compile(
    r"(?<![\w-])(?:\+\d[\d\s-]{7,16}\d|1[3-9]\d(?:[\s-]?\d{4}){2}|0\d{2,3}[\s-]?\d{7,8})(?![\w-])"
)
HIDDEN = "[电话]"
# A part of an address that is a secret, as of a visitor's private link: 24 random bytes.
_SECRET = re.compile(r"(?<=/)[A-Za-z0-9_-]{32}(?![A-Za-z0-9_-])")
SECRET = "[私密网址]"
# Their messages name code and settings, never what somebody typed.
_PLAIN = frozenset(
    {
        ImportError,
        ModuleNotFoundError,
        NameError,
        AttributeError,
        NotImplementedError,
        RecursionError,
        ImproperlyConfigured,
        TemplateDoesNotExist,
    }
)


def scrubbed(text: str) -> str:
    """The text with every phone number and every secret of an address hidden."""
    return _SECRET.sub(SECRET, _NUMBER.sub(HIDDEN, text))


def told(error: BaseException) -> str:
    """What may be said of an error: its kind; of the database's also its code and the constraint."""
    kind = f"{type(error).__module__}.{type(error).__qualname__}".removeprefix("builtins.")
    if type(error) in _PLAIN:
        return f"{kind}: {error}"
    if isinstance(error, OSError) and error.errno:
        return f"{kind}: errno {error.errno}"
    diag = getattr(error, "diag", None)
    said = [getattr(diag, name, None) for name in ("sqlstate", "table_name", "constraint_name")]
    return " ".join([kind, *(str(word) for word in said if word)])


def _chain(error: BaseException | None) -> Iterator[BaseException]:
    """The error and what led to it, the first cause first."""
    seen: list[BaseException] = []
    while error is not None and error not in seen:
        seen.append(error)
        hidden = error.__suppress_context__
        error = error.__cause__ or (None if hidden else error.__context__)
    return reversed(seen)


class NoPhones(logging.Formatter):
    """A formatter whose finished line, traceback and all, holds no phone number and no message of
    an error."""

    def format(self, record: logging.LogRecord) -> str:
        """The line as it is written."""
        mine = copy.copy(record)
        mine.exc_text = None  # another formatter may have put the whole traceback there
        mine.msg = _safe(mine.msg)
        if isinstance(mine.args, tuple):
            mine.args = tuple(_safe(one) for one in mine.args)
        elif mine.args:
            mine.args = {name: _safe(one) for name, one in mine.args.items()}
        return scrubbed(super().format(mine))

    def formatException(self, ei: Any) -> str:  # noqa: N802 (the base class calls it so)
        """Where it happened, and what may be said of each error of the chain."""
        parts = []
        for error in _chain(ei[1]):
            frames = "".join(traceback.format_tb(error.__traceback__))
            parts.append(f"Traceback (most recent call last):\n{frames}{told(error)}")
        return "\n".join(parts)


def _safe(value: object) -> object:
    return told(value) if isinstance(value, BaseException) else value


def log_threads() -> None:
    """What a thread dies of is logged like anything else, instead of being printed with its message."""

    def died(args: threading.ExceptHookArgs) -> None:
        known: tuple[type[BaseException], BaseException, TracebackType | None] | None = None
        if args.exc_value is not None:
            known = (args.exc_type, args.exc_value, args.exc_traceback)
        logging.getLogger("yingbin").error("a thread ended by an error", exc_info=known)

    threading.excepthook = died
