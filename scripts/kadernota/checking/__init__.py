"""The graph in, what follows from it and what does not hold out."""
