"""The pages on which people are brought in."""

from yingbin.importing.urls import addresses

from .importer import STAFF

app_name = "staff_import"
urlpatterns = addresses(STAFF, "")
