"""House rules as code: what a reviewer would otherwise have to remember, each rule with a message that teaches.

`python -m tools.house_rules` looks at every file that git tracks or would add, prints what it finds one a line and
exits 1 when there is anything. A rule is a function from a file to findings; the list of them is in `rules`.
"""
