"""The `tkdn` command, also as `python -m tkdn`. An interrupt ends it quietly, also while it is still loading."""

import os
import sys

INTERRUPTED = 130
"""128 + the signal, as shells count."""


def main() -> None:
    """Run the command line; what it needs is loaded here, so that an interrupt while loading ends quietly too.

    Plugins of pydantic are not looked for among all that is installed: that takes longer than assessing a small bill.
    """
    os.environ.setdefault("PYDANTIC_DISABLE_PLUGINS", "__all__")
    try:
        from tkdn.cli import main as run

        run()
    except KeyboardInterrupt:
        sys.exit(INTERRUPTED)


if __name__ == "__main__":
    main()
