"""A question in, an answer or the reasons for it out."""
