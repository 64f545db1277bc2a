"""What people write in, one graph with the place of each statement out."""
