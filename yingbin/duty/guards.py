"""What the database refuses to change of days on duty: events but for erased words, and what followed from them."""

from yingbin.journal.finals import Final

EVENTS = Final("duty_dutyevent", erasable=("words", "salt"))
ALERTS = Final("duty_dutyalert")
GUARDS = EVENTS.guards() | ALERTS.guards()
