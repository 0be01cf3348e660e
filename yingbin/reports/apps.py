"""App `reports`."""

from django.apps import AppConfig


class ReportsConfig(AppConfig):
    """数字."""

    name = "yingbin.reports"
    label = "reports"
    verbose_name = "数字"
