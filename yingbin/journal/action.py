"""A verb of the procedures: a function of the pen and its own arguments, done once for a key under the site's lock.

    @action("leave")
    def leave(pen: Pen, *, visit_id: UUID, name: str = "") -> Departure: ...

    leave(acting, visit_id=visit.id)              # one idempotent write
    leave.given(visit_id=visit.id)                # the same, still to be done: what a page performs
    leave.within(pen, visit_id=visit.id)          # as a part of another write

What identifies the write besides its key are its arguments, all of them. The answer is a small frozen
dataclass (or None, a text, a number, an id): it is stored with the key and comes back the same.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, fields, is_dataclass
from datetime import date, datetime, time
from decimal import Decimal
from enum import Enum
from functools import cache, cached_property
from hashlib import sha256
from inspect import Parameter, signature
from typing import (
    Concatenate,
    Generic,
    ParamSpec,
    Protocol,
    TypeVar,
    get_type_hints,
    overload,
)
from uuid import UUID

from django.db import IntegrityError
from pydantic import TypeAdapter, ValidationError

from yingbin.rules.decision import Refused

from .trips import Statement
from .write import KeyReused, Pen, write

P = ParamSpec("P")
R = TypeVar("R")

AT_ONCE = "同一时刻有人做了同样的更改。请刷新页面，核对后再试。"


@dataclass(frozen=True)
class Acting:
    """Who acts, when, at which site (or for the company, whose id it then is), under which key.

    typed_at: when it was typed on a device without a line, where that was earlier than it arrived.
    """

    site_id: UUID
    key: str
    by: UUID | str
    at: datetime
    typed_at: datetime | None = None


Deed = Callable[[Acting], R]


class Action(Generic[P, R]):
    """A verb; calling it is one write."""

    def __init__(
        self,
        verb: str,
        work: Callable[Concatenate[Pen, P], R],
        asks: Callable[Concatenate[Acting, P], Iterable[Statement]] | None,
    ) -> None:
        self.verb, self.within, self._asks = verb, work, asks
        self.__name__, self.__doc__ = work.__name__, work.__doc__
        self.__module__, self.__wrapped__ = work.__module__, work
        takes = list(signature(work).parameters.values())[1:]
        self._defaults = {p.name: p.default for p in takes if p.default is not Parameter.empty}
        self._names = {p.name for p in takes}

    def __call__(self, acting: Acting, *args: P.args, **told: P.kwargs) -> R:
        """Does it once for this key: the same key and arguments again give the same answer.

        Raises `Refused` with what is wrong, `KeyReused` for a key that meant something else, `NotSaved`
        where the database is gone; nothing is stored then.
        """
        try:
            done = write(
                site_id=acting.site_id,
                key=acting.key,
                verb=self.verb,
                by=str(acting.by),
                at=acting.at,
                payload=self._payload(told),
                work=lambda pen: {"answer": self._kept(self.within(pen, *args, **told))},
                asks=self._asks(acting, *args, **told) if self._asks else (),
                typed_at=acting.typed_at,
            )
        except IntegrityError:
            raise Refused(None, AT_ONCE) from None
        return self._read(done.response)

    def given(self, *args: P.args, **told: P.kwargs) -> Deed[R]:
        """This verb with its arguments, to be done by whoever acts."""
        return lambda acting: self(acting, *args, **told)

    def _payload(self, told: Mapping[str, object]) -> dict[str, object]:
        """All arguments with their defaults, so that one left out and one given alike are the same write."""
        given = {**self._defaults, **told}
        if given.keys() != self._names:
            raise TypeError(f"{self.verb} takes {sorted(self._names)}, got {sorted(told)}")
        return {name: plain(value) for name, value in given.items()}

    @cached_property
    def _answers(self) -> "TypeAdapter[R]":
        return TypeAdapter(get_type_hints(self.__wrapped__)["return"])

    def _kept(self, answer: R) -> object:
        return self._answers.dump_python(answer, mode="json")

    def _read(self, response: Mapping[str, object]) -> R:
        try:
            return self._answers.validate_python(response["answer"])
        except (KeyError, ValidationError):
            # The key was answered by a version of the product that answered otherwise.
            raise KeyReused(KeyReused.message) from None


class _Maker(Protocol):
    """Makes a verb of a function."""

    def __call__(self, work: Callable[Concatenate[Pen, P], R], /) -> Action[P, R]: ...


@overload
def action(verb: str) -> _Maker: ...
@overload
def action(
    verb: str, *, asks: Callable[Concatenate[Acting, P], Iterable[Statement]]
) -> Callable[[Callable[Concatenate[Pen, P], R]], Action[P, R]]: ...
def action(verb: str, *, asks: Callable[..., Iterable[Statement]] | None = None) -> object:
    """Makes a function of the pen and keyword arguments a verb.

    asks: what the work will surely ask of its pen, read in the same trip as the lock (arrivals only:
    see `journal.trips` for what it saves).
    """

    def made(work: Callable[Concatenate[Pen, P], R]) -> Action[P, R]:
        return Action(verb, work, asks)

    return made


# By far the most arguments: told apart first, since every arrival has dozens.
_PLAIN = frozenset({type(None), bool, int, str})
_WORDS = (UUID, Decimal, float, date, datetime, time)


def plain(value: object) -> object:
    """An argument as canonical JSON takes it. Raises TypeError for what has no plain form."""
    if type(value) in _PLAIN:
        return value
    if isinstance(value, Enum):
        value = value.value
    if isinstance(value, (int, str)):
        return value
    if isinstance(value, _WORDS):
        return str(value)
    if isinstance(value, bytes):
        return sha256(value).hexdigest()
    if is_dataclass(value):
        kind: type = type(value)
        value = {name: getattr(value, name) for name in _compared(kind)}
    if isinstance(value, Mapping):
        return {str(plain(k)): plain(v) for k, v in value.items()}
    return _row(value)


@cache
def _compared(kind: type) -> tuple[str, ...]:
    """What isn't compared, as a password's hash, doesn't tell one write from another."""
    return tuple(f.name for f in fields(kind) if f.compare)


def _row(value: object) -> list[object]:
    if isinstance(value, list | tuple):
        return [plain(v) for v in value]
    if isinstance(value, set | frozenset):
        return sorted((plain(v) for v in value), key=str)
    raise TypeError(f"an action's argument can't be a {type(value).__name__}")
