"""The records that travel between transforms and the tables that are written."""
