"""A form of a fold, wherever it stands on the page: the one that was refused, or a fresh one."""

from django import template

from ..forms.folds import FOLDS, FoldForm

register = template.Library()


@register.simple_tag(takes_context=True)
def fold(context: template.Context, which: str, of: object = "", **initial: object) -> FoldForm:
    """`{% fold "override" v.id as form %}`: the refused one, with all that was typed, if it is about `v.id`.

    `form.is_bound` says that it was refused, so that its fold stands open.
    """
    refused = context.get("refused_fold")
    if isinstance(refused, FoldForm) and (refused.fold, refused.of) == (which, str(of)):
        refused.shown = True
        return refused
    return FOLDS[which](of=of, initial=initial)
