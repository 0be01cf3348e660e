"""客服前台: what residents ask for, who owes them the answer, who holds the task, what falls due when, who is told.

`deskfile` reads the contract's file, `kinds` says how the five kinds run on `rules/matters`, `handing`, `working`,
`complaints`, `life` and `calling` decide each event, `replay` folds a whole stretch of days.
"""
