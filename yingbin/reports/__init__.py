"""Figures and pictures over all of the above; the certificate of a day."""
