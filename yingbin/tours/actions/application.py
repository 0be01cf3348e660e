"""What somebody asks for: the facts the rules judge, and the words that only people read (CV-3.2.1)."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

from yingbin.people.policy_rows import Plain
from yingbin.rules.times import HERE

from ..models import TourVisit

# What a form asks beside the facts, by field; each is optional and may be erased.
WORDS = ("purpose", "wants", "language", "diet", "access", "vehicles", "cameras", "minors")
LONGEST = 300


@dataclass(frozen=True)
class Application:
    """One application. department: a word of this department, which announces a key account (CV-3.3.1).

    answers: `sender`, `relation`, `purpose` as the contract has them. rivals: the trade whose companies compete.
    key_digest: of the private link, where the visitor has one.
    """

    visitor: str
    contact: str
    starts_at: datetime
    ends_at: datetime
    headcount: int
    areas: tuple[str, ...] = ()
    answers: Mapping[str, str] = field(default_factory=dict)
    phone: str = ""
    department: str = ""
    rivals: str = ""
    words: Mapping[str, str] = field(default_factory=dict)
    language: str = "zh"
    terms: str = ""
    key_digest: bytes = b""

    def facts(self, by: UUID | None) -> Plain:
        """What the rules are told. by: the colleague who asks, none where the visitor does."""
        told: Plain = {
            "visitor": self.visitor,
            "contact": self.contact,
            "from": self.starts_at.astimezone(HERE),
            "to": self.ends_at.astimezone(HERE),
            "headcount": self.headcount,
            "areas": list(self.areas),
            "rivals": self.rivals or None,
        }
        if self.department:
            return told | {"department": self.department, "by": by}
        return told | {"answers": dict(self.answers), "applied_by": by}

    @property
    def how(self) -> TourVisit.How:
        """Who asked for it."""
        if self.department:
            return TourVisit.How.WORD
        return TourVisit.How.VISITOR if self.key_digest else TourVisit.How.COLLEAGUE

    @property
    def kept_words(self) -> dict[str, str]:
        """The words that are not empty."""
        told = {name: self.words.get(name, "").strip()[:LONGEST] for name in WORDS}
        return {name: said for name, said in told.items() if said}
