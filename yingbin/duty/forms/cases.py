"""A disruption or an emergency; nothing here saves."""

from yingbin.pages.forms import KeyedForm, choose

from ..queries.picture import Picture
from .fields import one_of


class CaseForm(KeyedForm):
    """A disruption, or an emergency of a type, and where."""

    post = one_of("在哪里")

    def offer(self, seen: Picture) -> "CaseForm":
        """The posts of the day."""
        choose(self.fields["post"], [(p.id, p.name) for p in seen.posts])
        return self
