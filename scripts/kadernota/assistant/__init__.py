"""What an assistant asks in, what the five functions answer out: the Model Context Protocol."""
