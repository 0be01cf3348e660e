"""App `manual`."""

from django.apps import AppConfig


class ManualConfig(AppConfig):
    """The procedures and their clauses, as pages; it has no tables."""

    name = "yingbin.manual"
    label = "manual"
    verbose_name = "规程"
