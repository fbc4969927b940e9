"""What did people write down? Country, strategy, claims, futures, sources. Knows nothing of models."""
