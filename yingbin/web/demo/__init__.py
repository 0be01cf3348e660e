"""The demo: one gallery with three weeks behind it, made by the very actions people use."""
