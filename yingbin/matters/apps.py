"""App `matters`."""

from django.apps import AppConfig


class MattersConfig(AppConfig):
    """事项."""

    name = "yingbin.matters"
    label = "matters"
    verbose_name = "事项"
