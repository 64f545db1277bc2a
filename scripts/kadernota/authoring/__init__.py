"""Help for who writes: canonical form, new files, other addresses, editors."""
