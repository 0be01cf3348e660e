"""What the database refuses to change of matters: who stayed out of one, and since when no more."""

from yingbin.journal.finals import Final

RECUSALS, ENDS = Final("matters_recusal"), Final("matters_recusalend")
GUARDS = RECUSALS.guards() | ENDS.guards()
