"""Policy as data: YAML and Turtle in, a checked graph, answers and a site out."""
