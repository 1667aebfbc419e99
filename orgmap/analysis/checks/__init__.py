"""The checks. Each takes a `Situation` and yields findings; `registry` says which and in what order."""
