"""One module per verb: plain functions that do the work and the thin transform that calls them."""
