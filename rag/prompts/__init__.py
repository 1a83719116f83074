"""Prompt texts, one file per language."""
