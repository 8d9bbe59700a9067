"""The local window over the library."""
