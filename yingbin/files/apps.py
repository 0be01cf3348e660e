"""The app that keeps files."""

from django.apps import AppConfig


class FilesConfig(AppConfig):
    """Files."""

    name = "yingbin.files"
    verbose_name = "照片与文件"
