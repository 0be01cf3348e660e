"""Addresses of the figures."""

from django.urls import path

from . import views

app_name = "reports"
urlpatterns = [
    path("", views.figures, name="figures"),
    path("certificates/", views.certificates, name="certificates"),
    path("certificate/<str:day>/", views.certificate, name="certificate"),
    path("certificate/<str:day>/pdf/", views.certificate_paper, name="certificate_paper"),
    path("certificate/<str:day>/file/", views.certificate_file, name="certificate_file"),
]
