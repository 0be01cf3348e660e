"""Addresses of the manual."""

from django.urls import path

from . import views

app_name = "manual"
urlpatterns = [
    path("", views.index, name="index"),
    path("clause/<str:clause_id>/", views.clause, name="clause"),
    path("<str:code>/", views.procedure, name="procedure"),
]
