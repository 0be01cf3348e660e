"""App `web`."""

from django.apps import AppConfig


class WebConfig(AppConfig):
    """Base templates, addresses, command line."""

    name = "yingbin.web"
    label = "web"
    verbose_name = "迎宾"
