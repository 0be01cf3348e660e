"""Every write of the gallery: one function per verb of the procedure."""
