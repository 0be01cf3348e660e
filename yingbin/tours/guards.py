"""What the database refuses to change of visits: the office of then, events but for erased words."""

from yingbin.journal.finals import Final

OFFICES = Final("tours_touroffice")
EVENTS = Final("tours_tourevent", erasable=("words", "salt"))
GUARDS = OFFICES.guards() | EVENTS.guards()
