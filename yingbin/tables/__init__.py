"""Sheets as people keep them: one reader for workbooks, text tables and saved web pages. Knows no app."""

from .grid import Cell, Line, Sheet, State, Unreadable
from .opening import MAX_BYTES, open_table

__all__ = ["MAX_BYTES", "Cell", "Line", "Sheet", "State", "Unreadable", "open_table"]
