"""What follows, and is it so? Lowers plans to arrays, runs the models, stores, judges, explains."""
