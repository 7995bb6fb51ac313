"""The commands of `python -m pipeline`: a module a family, each with `add_commands`."""
