"""App `tours`."""

from django.apps import AppConfig


class ToursConfig(AppConfig):
    """参观."""

    name = "yingbin.tours"
    verbose_name = "参观"
