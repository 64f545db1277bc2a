"""The site as linked data: what an address leads to, and what catalogues and machines read."""
