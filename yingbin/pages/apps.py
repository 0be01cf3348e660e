"""App `pages`."""

from django.apps import AppConfig


class PagesConfig(AppConfig):
    """What every page is made of; no tables of its own."""

    name = "yingbin.pages"
    verbose_name = "页面"
