"""App `journal`."""

from django.apps import AppConfig


class JournalConfig(AppConfig):
    """The journal knows no other app: sites and actors are ids."""

    name = "yingbin.journal"
    label = "journal"
    verbose_name = "记录链"
