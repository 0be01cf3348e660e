"""What the database refuses to change at the desk: the office of then, events and notes but for erased words, copies handed out."""

from yingbin.journal.finals import Final

OFFICES = Final("desk_deskoffice")
EVENTS = Final("desk_deskevent", erasable=("words", "salt"))
NOTES = Final("desk_desknote", erasable=("words", "salt"))
COPIES = Final("desk_registercopy")
GUARDS = OFFICES.guards() | EVENTS.guards() | NOTES.guards() | COPIES.guards()
