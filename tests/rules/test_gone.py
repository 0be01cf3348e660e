"""What stands where something is known no more: a colleague who left, words erased on request."""

from pathlib import Path
from uuid import UUID

import pytest

import yingbin
from yingbin.rules.gone import ERASED, LEFT, colleague

SU, LIN = UUID(int=1), UUID(int=2)
NAMES = {str(SU): "苏晴", str(LIN): ""}


def test_a_colleague_is_called_by_their_name_whether_asked_by_id_or_by_its_text():
    assert colleague(NAMES, SU) == colleague(NAMES, str(SU)) == "苏晴"


@pytest.mark.parametrize("who", [UUID(int=3), LIN, None, ""])
def test_whoever_has_no_name_here_has_left_the_house(who: object):
    assert colleague(NAMES, who) == LEFT


@pytest.mark.parametrize("word", [LEFT, ERASED])
def test_the_word_is_written_in_one_place(word: str):
    house = Path(yingbin.__file__).parent
    told = [p for kind in ("*.py", "*.html") for p in house.rglob(kind) if word in p.read_text()]
    written = {str(p.relative_to(house)) for p in told if "migrations" not in p.parts}
    assert written == {"rules/gone.py"}
