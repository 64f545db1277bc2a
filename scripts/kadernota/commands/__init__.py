"""The words after `kadernota`: options and sources in, an exit code out."""
