"""The adopted text in, what rests on each passage and whether the two agree out."""
