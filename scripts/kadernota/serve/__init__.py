"""A folder in, its site on this computer out, alive."""
