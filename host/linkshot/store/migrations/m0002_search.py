"""The full-text indices. Both hold folded tokens only and can be rebuilt from the rows.

Contentless, as the text shown is the page's own (`reading`), and `prefix='1'`, as a single
character is asked for as the prefix of the pairs that begin with it. The tokens come cut from
`search/tokens.py`, so the plainest tokenizer splits them again: `ascii` keeps every character
that is not ASCII and parts at spaces.
"""

STATEMENTS = (
    """
    CREATE VIRTUAL TABLE link_index USING fts5 (
        title, text, url, note, doc, office, extra,
        content = '', prefix = '1', tokenize = 'ascii'
    )
    """,
    """
    CREATE VIRTUAL TABLE tag_index USING fts5 (
        name, tag_id UNINDEXED, prefix = '1', tokenize = 'ascii'
    )
    """,
)
