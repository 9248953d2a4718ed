"""Situations anyone can read, one YAML file each (docs/scenarios.md), told to the real API on both policy engines."""
