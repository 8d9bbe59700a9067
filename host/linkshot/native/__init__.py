"""The native-messaging host; the contract is host/PROTOCOL.md."""
