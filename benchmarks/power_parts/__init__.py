"""What `benchmarks/power.py` measures with: systems made from a country's, one solve in a process, growth."""
