"""Two readings of a contract beside each other: what the product makes of a file, and what a second program does."""

import json
import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from yingbin.rules.malformed import Malformed
from yingbin.rules.turns import dayfile

CODE = re.compile("[a-z_]{3}")  # a word of the contract, not of the house


def wordless(value: Any) -> Any:
    """Without the sentences, which each writes in its own words."""
    if isinstance(value, dict):
        return {key: wordless(one) for key, one in value.items() if key != "because"}
    return [wordless(one) for one in value] if isinstance(value, list) else value


@dataclass(frozen=True)
class TwoReadings:
    """The product's function, the second program, and where random files come from, sound and spoilt."""

    product: Callable[[object], dict[str, object]]
    second: Callable[[str], tuple[int, Any]]
    sound: Callable[[int], Any]
    spoilt: Callable[[int], str]

    def first(self, source: str) -> tuple[int, Any]:
        """What the product makes of a file: exit code, and the answer or the place."""
        try:
            return 0, self.product(dayfile.parse(source.encode()))
        except Malformed as fault:
            return 2, fault.place

    def agree(self, seed: int) -> None:
        """On a sound file, word for word but for the sentences, which are sentences."""
        source = json.dumps(self.sound(seed), ensure_ascii=False)
        code, answer = self.first(source)
        assert code == 0, (seed, answer)
        for row in answer["decisions"]:
            assert row["because"].endswith("。"), (seed, row)
            assert not CODE.search(row["because"]), (seed, row)
        told = wordless(json.loads(json.dumps(answer)))
        assert (code, told) == self.second(source), (seed, source)

    def agree_on_a_fault(self, seed: int) -> None:
        """On a file with something changed: whether it is malformed, and at one of its faulty places."""
        source = self.spoilt(seed)
        code, said = self.first(source)
        expected, places = self.second(source)
        assert code == expected, (seed, said, places, source)
        if code == 2:
            assert said in places, (seed, source)
