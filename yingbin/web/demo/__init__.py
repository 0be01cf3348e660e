"""The demo: a company with a sales gallery, three weeks behind it, made by the very actions people use; and its other places."""
