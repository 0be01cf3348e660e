"""People brought in from a sheet: an importer of its own, made of people's verbs."""
