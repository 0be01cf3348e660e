"""App `duty`."""

from django.apps import AppConfig


class DutyConfig(AppConfig):
    """值班."""

    name = "yingbin.duty"
    verbose_name = "值班"
