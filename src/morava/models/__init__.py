"""How the world answers: one file or folder a model, plain functions over labelled arrays."""
