"""How a page gets in; every way ends in `assemble`."""
