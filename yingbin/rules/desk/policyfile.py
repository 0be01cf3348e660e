"""The policy of the contract's file, checked; raises Malformed with `policy`."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from dataclasses import replace

from ..malformed import (
    Check,
    Fields,
    Malformed,
    an_object,
    between,
    is_bool,
    is_count,
    is_whole_text,
    quote,
    require,
)
from .officefile import an_array, known_keys, texts
from .policy import CALLBACK_PERCENT, CALLBACK_WITHIN, LIMITS, DeskPolicy, LimitRow

PLACE = "policy"
MOST = 100_000
_IS_LIMIT = between(1, MOST)


def _is_ladder(value: object) -> str | None:
    """Three numbers of minutes, none less than the one before."""
    if not isinstance(value, list) or len(value) != 3:
        return f"应为三个数，不是{quote(value)}"
    for one in value:
        if fault := between(0, MOST)(one):
            return fault
    return None if value == sorted(value) else "后一个不能小于前一个"


_ROW: Mapping[str, Check] = {
    "respond": lambda value: None if value is None else _IS_LIMIT(value),
    "arrive": lambda value: None if value is None else _IS_LIMIT(value),
    **dict.fromkeys(("solve", "reply", "accept"), _IS_LIMIT),
    "ladder": _is_ladder,
    "always": is_bool,
}


def read_policy(file: Fields, departments: Collection[str]) -> DeskPolicy:
    """The office's choices, the rest as usual. Raises Malformed; departments: those that `scope` may name."""
    given = an_object(PLACE, file.get(PLACE, {}))
    known_keys(PLACE, given, (*_NUMBERS, *_OTHERS))
    policy = DeskPolicy()
    for name, value in given.items():
        if name in _NUMBERS:
            require(PLACE, given, name, _NUMBERS[name])
            policy = replace(policy, **{name: value})
        else:
            policy = _OTHERS[name](policy, value, departments)
    return policy


_NUMBERS: Mapping[str, Check] = {
    "warn_percent": between(50, 99),
    "pause_cap": between(0, MOST),
    "free_hand_offs": is_count,
    "repeat_days": between(0, 3650),
    "callback_tries": between(1, 10),
}


def _limits(policy: DeskPolicy, given: object, departments: Collection[str]) -> DeskPolicy:
    rows = an_object(PLACE, given)
    known_keys(PLACE, rows, LIMITS)
    own = {name: _row(LIMITS[name], an_object(PLACE, row)) for name, row in rows.items()}
    return replace(policy, limits={**LIMITS, **own})


def _row(usual: LimitRow, given: Fields) -> LimitRow:
    known_keys(PLACE, given, _ROW)
    for name in given:
        require(PLACE, given, name, _ROW[name])
    first, second, third = given.get("ladder", usual.ladder)
    others = {name: value for name, value in given.items() if name != "ladder"}
    return replace(usual, **others, ladder=(first, second, third))


def _urgent_subjects(policy: DeskPolicy, given: object, departments: Collection[str]) -> DeskPolicy:
    return replace(policy, urgent_subjects=frozenset(texts(PLACE, "urgent_subjects", given)))


def _scope(policy: DeskPolicy, given: object, departments: Collection[str]) -> DeskPolicy:
    scope: dict[str, frozenset[str]] = {}
    for subject, names in an_object(PLACE, given).items():
        if fault := is_whole_text(subject):
            raise Malformed(PLACE, f"scope 的事项{fault}")
        for name in an_array(PLACE, "scope", names):
            if not isinstance(name, str) or name not in departments:
                raise Malformed(PLACE, f"scope 里没有 {quote(name)} 这个部门")
        scope[subject] = frozenset(texts(PLACE, "scope", names))
    return replace(policy, scope=scope)


def _seed(policy: DeskPolicy, given: object, departments: Collection[str]) -> DeskPolicy:
    if given != "" and (fault := is_whole_text(given)):
        raise Malformed(PLACE, f"seed {fault}")
    return replace(policy, seed=str(given))


def _numbers_by_kind(given: object, usual: Mapping[str, int], check: Check) -> Mapping[str, int]:
    own = an_object(PLACE, given)
    known_keys(PLACE, own, usual)
    for name in own:
        require(PLACE, own, name, check)
    return {**usual, **own}


def _percent(policy: DeskPolicy, given: object, departments: Collection[str]) -> DeskPolicy:
    percent = _numbers_by_kind(given, CALLBACK_PERCENT, between(0, 100))
    return replace(policy, callback_percent=percent)


def _within(policy: DeskPolicy, given: object, departments: Collection[str]) -> DeskPolicy:
    return replace(policy, callback_within=_numbers_by_kind(given, CALLBACK_WITHIN, _IS_LIMIT))


_OTHERS: Mapping[str, Callable[[DeskPolicy, object, Collection[str]], DeskPolicy]] = {
    "limits": _limits,
    "urgent_subjects": _urgent_subjects,
    "scope": _scope,
    "seed": _seed,
    "callback_percent": _percent,
    "callback_within": _within,
}
