"""App `desk`."""

from django.apps import AppConfig


class DeskConfig(AppConfig):
    """来电来访."""

    name = "yingbin.desk"
    verbose_name = "来电来访"
