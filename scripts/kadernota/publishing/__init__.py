"""The checked graph in, the files of the site out."""
