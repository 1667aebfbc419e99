"""How long things take: `python -m benchmarks canvas|analysis|layout|files|startup|edit`.

Seeded, without time limits; a rival is measured in the same run, turn by turn. Results are kept in
`docs/benchmarks.md`.
"""
