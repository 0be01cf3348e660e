"""Addresses of `notices`."""

from django.urls import path

from . import views

app_name = "notices"
urlpatterns = [
    path("", views.index, name="index"),
    path("seen/", views.seen, name="seen"),
    path("<uuid:notice_id>/", views.follow, name="follow"),
    path("<uuid:notice_id>/acknowledge/", views.acknowledge, name="acknowledge"),
    path("channels/", views.channels, name="channels"),
    path("channels/choose/", views.choose, name="choose"),
    path("channels/try/", views.try_it, name="try"),
    path("deliveries/<uuid:delivery_id>/again/", views.again, name="again"),
]
