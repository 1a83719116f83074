"""Bundled reports, plain text."""
