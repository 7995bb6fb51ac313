"""The embedded models and the recipes that made them."""
