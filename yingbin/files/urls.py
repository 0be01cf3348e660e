"""Addresses of files."""

from django.urls import path

from . import views

app_name = "files"
urlpatterns = [
    path("", views.upload, name="upload"),
    path("<uuid:file_id>/", views.whole, name="whole"),
    path("<uuid:file_id>/small/", views.small, name="small"),
    path("<uuid:file_id>/remove/", views.remove, name="remove"),
]
