"""值班: posts, breaks, checks, lines, handovers and cases of one site's day, as a log and a fold.

`day` holds the state, `dayfile` reads the contract's file, `plan` says who is expected where, `clock` what falls
due by itself, the other modules have one verb of the procedure a function. `replay` runs a whole day.
"""
