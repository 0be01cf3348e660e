"""值班: a show flat's and a sales centre's day, from the opening check to the guard's signature (SF, SC).

A day on duty is a list of events, each decided by `rules.duty`; what stands is their fold, kept beside them.
"""
