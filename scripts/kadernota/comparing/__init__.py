"""Two versions in, what changed in policy terms out."""
