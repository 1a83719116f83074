"""Read a report into passages that can be searched."""
