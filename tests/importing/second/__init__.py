"""A second reader of old registers, written from the contract of `register read` alone.

Where the text is in doubt, this is chosen here:

 1. "`told`: … taken from elsewhere": what a merged cell or 同上 says isn't told (the line says it plainly).
 2. "A line for the same person on the same day as another is taken and told": the later line is told.
    Same person: a number in common and no other name (张 and 张伟 are one), or the same name where one has no number.
 3. "a two-digit year": the years of a register lie within the last fifteen. A value whose first figure only can be
    such a year has its year first, and so on; where both can, the column's other values say, or the end at which
    less changes; else the later of the two, told.
 4. "If any value shows the order": a figure above 12 shows it, not that one reading would lie after today. Where
    values show both, the more frequent; equally many: the order that would be taken anyway.
 5. "General 11.1 may be two days: refused": only where the day with a nought behind exists (11.4 and 11.12 are read).
    A text 11.1 (csv too) is 1 November.
 6. A serial number without a date format is read and isn't told; a time in the day cell is the time, not told.
 7. "a truly empty day cell … takes the day above": of the line above that is no total; if that can't be read, refused.
    "only rise": never fall.
 8. "goes to the note": what stands in the name cell isn't told unless no name is left, what stands beside a number or
    a day is. A number that can't be one is told and kept in the note; of twelve figures one may be left out.
 9. A placeholder (无, 未留, -) in a cell that isn't the name's says plainly that there is nothing: not told; a receiver
    keeps the text, told (no name).
10. 序号 is left out.
11. A tick: true under a heading of first visits only, false under one of repeats only, else null; told.
12. A telephone number in the name cell where the phone cell isn't empty: kept in the note, told.
"""

from .cells import CannotRead
from .reader import read

__all__ = ["CannotRead", "read"]
