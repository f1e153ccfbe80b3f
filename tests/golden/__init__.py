"""Golden files: every output of every example, as text in which one figure that moves is one line that changes.

python -m tests.golden               # renews all
python -m tests.golden pump tender   # renews some examples

`commands.py` lists what is run. `stored/` holds, for each example, the terminal in both languages, a file for each `--json`, and
one for whatever a command wrote. In long lists, long values are kept by their beginning and a hash.
"""
