"""App `gallery`; its label and tables keep the older name `floor`."""

from django.apps import AppConfig


class GalleryConfig(AppConfig):
    """案场."""

    name = "yingbin.gallery"
    label = "floor"
    verbose_name = "案场"
