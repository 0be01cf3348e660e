"""App `floor`."""

from django.apps import AppConfig


class FloorConfig(AppConfig):
    """案场."""

    name = "yingbin.floor"
    label = "floor"
    verbose_name = "案场"
