"""What a face shows of a run, before anybody says how it looks."""
