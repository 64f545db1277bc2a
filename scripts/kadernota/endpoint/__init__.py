"""A knowledge base in, a SPARQL service over it out, that only reads."""
