"""The gallery's pages: permission, form, one action or query, render."""
