"""The guards that the migrations of files made: what a file is stays so."""

from yingbin.journal.guards import Guards, rows_and_whole

GUARDS = Guards(
    rows_and_whole("files_refuse", "files_storedfile"),
    {"files_refuse": "5a1f124335bdbf23af188faeb57309ce21672798457b7d5c03c7dcf48659024f"},
)
