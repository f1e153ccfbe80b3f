"""The command of readings of the law: interpretations."""

from __future__ import annotations

from tkdn.cli.bill_options import Asked
from tkdn.cli.options import Bill, Json
from tkdn.cli.terminal_conventions import Language, print_json


def interpretations(
    bill: Bill,
    *,
    asked: Asked,
    lang: Language = "en",
    as_json: Json = False,
) -> None:
    """The score under each reading of the law where its text leaves room, exactly.

    Example: tkdn interpretations bill.xlsx --on 2026-06-01
    """
    found = asked.assessment(bill).interpretations()
    if as_json:
        print_json(found.to_dict())
        return
    from tkdn.display.terminal import show

    show(found.view(lang))
