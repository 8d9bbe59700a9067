"""Linkshot 链接快照: faithful, searchable copies of web pages on the person's own machine."""

__version__ = "0.1.0"
