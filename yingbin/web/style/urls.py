"""Addresses of the style guide."""

from django.urls import path

from . import photos, views

app_name = "style"
urlpatterns = [
    path("", views.guide, name="guide"),
    path("error/<int:status>/", views.error, name="error"),
    path("live/", views.live, name="live"),
    path("photos/", photos.photos, name="photos"),
    path("<slug:name>/", views.mock, name="mock"),
]
