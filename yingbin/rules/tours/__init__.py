"""公司参访: visits judged by class, approved area by area, planned, and let in with passes.

`pack` holds the dated policy, `visitfile` reads the contract's file, `visit` the state of one visit, `judging` class,
grounds and status, `clashes` visits against each other, `plan` the hosting tasks, `verbs` one event a function,
`decide` folds a whole file.
"""
