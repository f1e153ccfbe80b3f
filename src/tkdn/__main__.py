"""The `tkdn` command, also as `python -m tkdn`. An interrupt ends it quietly, also while it is still loading."""

import sys

INTERRUPTED = 130
"""128 + the signal, as shells count."""


def main() -> None:
    """Run the command line."""
    try:
        from tkdn.cli import main as run

        run()
    except KeyboardInterrupt:
        sys.exit(INTERRUPTED)


if __name__ == "__main__":
    main()
