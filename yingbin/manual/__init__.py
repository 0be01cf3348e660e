"""The procedures and their clauses: a book read from a file, its pages, tags and command."""
