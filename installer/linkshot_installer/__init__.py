"""Registers the native host with the browsers found on this machine, and diagnoses it."""
