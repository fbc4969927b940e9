"""How results are taken away in other people's formats."""
