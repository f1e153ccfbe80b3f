"""Renew the golden files: of the examples named, else of all."""

import shutil
import sys

from tests.golden.commands import COMMANDS
from tests.golden.outputs import STORED, outputs

for example in sys.argv[1:] or COMMANDS:
    made = outputs(example)
    shutil.rmtree(STORED / example, ignore_errors=True)
    for name, text in made.items():
        file = STORED / example / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, encoding="utf-8", newline="\n")
    print(f"{example}: {len(made)} files")
