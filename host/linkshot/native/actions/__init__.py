"""One file an action of host/PROTOCOL.md: `answer(session, request)` returns the reply's fields."""
