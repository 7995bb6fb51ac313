"""The graph, the command line, and all that touches files."""

__version__ = "0.1.0"
