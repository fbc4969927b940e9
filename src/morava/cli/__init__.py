"""How people ask, on the command line."""
