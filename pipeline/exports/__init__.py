"""A published corpus in the formats of other tools."""
