"""检查模板: what a check of the day asks beside its standard items, room by room, and what an answer is worth.

The contract of `duty replay` knows items and their results alone; everything here ends in such an item and such a
result. `terms` says what a check list is, `valid` which ones may be used, `verdict` what an answer is worth,
`edits` how one is changed.
"""
