"""The form in the browser: a file in, what a person made of it out."""
