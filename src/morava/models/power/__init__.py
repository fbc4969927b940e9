"""The power system: a reference program of capacity and dispatch, and what its answers mean."""
