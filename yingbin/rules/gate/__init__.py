"""门岗: every scan at the gates of a site judged, on line and off line, and every pass accounted for in the evening.

`gatefile` reads the contract's file, `places` counts who is where, `passes` holds what is known of each pass,
`judging` says allow or refuse, `replay` folds a whole day.
"""
