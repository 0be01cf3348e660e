"""The residents' desk: calls and visits, orders, complaints, call-backs; still to be built."""
