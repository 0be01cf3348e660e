"""The names of before for what pages do; gone as soon as no page of the gallery says them any more."""

from yingbin.pages.doing import acting, site_id
from yingbin.pages.doing import person_id as me
from yingbin.people.access import may

from .folds import visit_or_404

__all__ = ["acting", "may", "me", "site_id", "visit_or_404"]
