"""Which day of a demo's past it is; a shorter past tells the same, closer together."""

from dataclasses import dataclass


@dataclass(frozen=True)
class When:
    """The day `number`, from 0, of `days`; the last of them is today."""

    number: int
    days: int

    @property
    def back(self) -> int:
        """How many days before today."""
        return self.days - 1 - self.number

    @property
    def is_first(self) -> bool:
        """Whether the past begins with this day."""
        return self.number == 0

    @property
    def is_today(self) -> bool:
        """Whether this is the last day, which goes on."""
        return self.back == 0

    def falls(self, back: int) -> bool:
        """Whether what happened so many days before today happened on this day; before the first day, on that one."""
        return self.back == min(back, self.days - 1)
