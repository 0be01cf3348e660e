"""Addresses of `customers`."""

from django.urls import path

from .views import cards, find, merges, privacy

app_name = "customers"
urlpatterns = [
    path("", find.index, name="index"),
    path("find/", find.find, name="find"),
    path("new/", find.register, name="register"),
    path("merges/", merges.merges, name="merges"),
    path("merges/dismiss/", merges.dismiss, name="dismiss"),
    path("merges/<uuid:merge_id>/undo/", merges.undo, name="undo_merge"),
    path("reveals/", merges.reveals, name="reveals"),
    path("retention/", privacy.retention, name="retention"),
    path("retention/wording/", privacy.word, name="word"),
    path("retention/erase/", privacy.retention_erase, name="retention_erase"),
    path("<uuid:customer_id>/", cards.card, name="card"),
    path("<uuid:customer_id>/privacy/", privacy.privacy, name="privacy"),
    path("<uuid:customer_id>/hand-out/", privacy.hand_out, name="hand_out"),
    path("<uuid:customer_id>/edit/", cards.edit, name="edit"),
    path("<uuid:customer_id>/names/", cards.add_name, name="add_name"),
    path("<uuid:customer_id>/names/<uuid:name_id>/remove/", cards.remove_name, name="remove_name"),
    path("<uuid:customer_id>/phones/", cards.add_phone, name="add_phone"),
    path(
        "<uuid:customer_id>/phones/<uuid:phone_id>/remove/",
        cards.remove_phone,
        name="remove_phone",
    ),
    path("<uuid:customer_id>/phones/<uuid:phone_id>/reveal/", cards.reveal, name="reveal"),
    path("<uuid:customer_id>/receiver/", cards.receiver, name="receiver"),
    path("<uuid:customer_id>/consent/", cards.consent, name="consent"),
    path("<uuid:customer_id>/merge/", merges.merge, name="merge"),
]
