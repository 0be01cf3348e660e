"""App `notices`."""

from django.apps import AppConfig


class NoticesConfig(AppConfig):
    """通知."""

    name = "yingbin.notices"
    label = "notices"
    verbose_name = "通知"
