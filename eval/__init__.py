"""Measure the answers against questions with known facts."""
