"""A disruption or an emergency; nothing here saves."""

from yingbin.pages.forms import KeyedForm, choose

from ..models import PostRule
from .fields import one_of


class CaseForm(KeyedForm):
    """A disruption, or an emergency of a type, and where."""

    post = one_of("在哪里")

    def offer(self, rules: list[PostRule]) -> "CaseForm":
        """The posts of the place, open now or not."""
        choose(self.fields["post"], [(str(r.post_id), r.post.name) for r in rules])
        return self
