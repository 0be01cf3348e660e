"""What a lead changes during the day; nothing here saves."""

from yingbin.pages.forms import KeyedForm, choose

from ..queries.picture import Picture
from .fields import hour, one_of, people


class ShiftForm(KeyedForm):
    """改班: another shift for somebody from now on."""

    prefix_of_ids = "shift"
    who = one_of("谁")
    begins = hour("上班")
    ends = hour("下班")

    def offer(self, seen: Picture) -> "ShiftForm":
        """Receptionists and leads of the day."""
        choose(self.fields["who"], people(p for p in seen.people.values() if p.shift))
        return self


class StandInForm(KeyedForm):
    """顶岗: somebody stands at another post for a time."""

    prefix_of_ids = "stand"
    who = one_of("谁")
    post = one_of("去哪个岗位")
    begins = hour("从")
    ends = hour("到")

    def offer(self, seen: Picture) -> "StandInForm":
        """Receptionists and leads, and the posts of the day."""
        choose(self.fields["who"], people(p for p in seen.people.values() if p.shift))
        choose(self.fields["post"], [(p.id, p.name) for p in seen.posts])
        return self
