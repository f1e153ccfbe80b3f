"""Mutated sample files, of bills and of what stands beside them: reading any ends in a result or one of our errors.

    python tests/fuzz/mutate.py 100000 [SEED]

A file that ends otherwise is kept beside, and its mutation is named by sample, seed and number.
"""

from __future__ import annotations

import io
import random
import sys
import tempfile
import zipfile
from collections import Counter
from collections.abc import Callable
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[2]))

from tests.io.part_lists.made import all_samples, sheet_of
from tests.support.build import EXAMPLES

from tkdn import documents, enrich, match_certificates, read_bom, read_list
from tkdn.errors import TkdnError
from tkdn.io import read_with
from tkdn.io.options import ReadOptions
from tkdn.io.supplier_directory.reading import read_directory, read_needs
from tkdn.planning.measures import read_measures

TOKENS = [
    *(
        b"=1+1",
        b"#REF!",
        b"1.23E+19",
        b"1.234",
        b"1,234",
        b"-1",
        b"1e400",
        b"NaN",
        b"\x00",
        b'"',
        b"'",
        b";",
        b",",
        b"\t",
        b"|",
    ),
    *(
        b"\n",
        b"\r",
        b"\xff\xfe",
        b"\xef\xbb\xbf",
        b"Total",
        b"Rp 1.250.000,-",
        b"$",
        b"0",
        b"999999999999999999999",
        b"..9",
        b"DNP",
        b"Impor",
        b"<td>",
        b"<!--",
        b"Ongkos kirim",
        b"A.1",
    ),
    *(
        b"> > > >",
        b"1.1.1",
        b"\xe2\x80\xae",
        b"\xed\xa0\x80",
        b"<!DOCTYPE x>",
        b"&amp;",
        b'r="XFD1048576"',
        b'outlineLevel="7"',
    ),
    *(b"Quantity", b"Level", b"Part No", b"CART", b"FRAME", b"2026-01-01", b"XFD", b"1048576", b"65536"),
]
HOW = [
    ReadOptions(),
    ReadOptions(product="CART", basis="per_parent", decimal="comma", currency="IDR"),
    ReadOptions(product="X", basis="cumulative", decimal="point", currency="USD"),
    ReadOptions(
        product="X", price_basis="line", list="all", identity="name", hidden="skip", struck="read", currency="IDR"
    ),
    ReadOptions(empty={"quantity": "1"}, price_unit="kg", all_rows=True, currencies={"$": "USD"}, units={"bal": "pcs"}),
]
LISTS = {
    "flat.csv": b"Part No,Qty,Price\nA,2,20000\nB,20,600\n,Total,,432000\n",
    "ticks.csv": b"No,Kode,Jumlah,Satuan,Harga Lokal (Rp),Harga Impor (Rp),Lokal,Impor\n1,A,1,bal,1000,,v,\n2,B,2,bh,,300,,v\n",
    "sections.csv": b"No,Kode,Uraian,Jumlah\nA,,RANGKA,\n1,F-1,Rangka,1\n"
    b"1.1,F-11,Pipa,4\nB,,MOTOR,\n1,P-1,Motor,1\n,,Ongkos kirim,1\n",
    "two.csv": b"No,Part No,Qty,DNP\n1,A,1,\n2,C,4,DNP\nSpare parts,,,\nNo,Part No,Qty,DNP\n1,A,2,\n",
    "page.xls": b"<html><table><tr><th>Level<th>Part No<th>Qty<tr><td>0<td>A<td>1"
    b"<tr><td rowspan=2>1<td>B<td>2<tr><td>C<td>3</table>",
    "words.csv": b"Level;Number;Name;Quantity;UOM;Scrap %;COO\n0;900;Trike;1;each;;\n"
    b"1;100;Frame;0;each;5;Nusantara\n1;;Tube;4;m;;N/A\n",
}
"""Synthetic lists that ask questions."""
ROUNDS = 4
"""Times that the questions of one list are answered."""


def mutated(raw: bytes, chance: random.Random) -> bytes:
    """The bytes with some changes; in an archive mostly within one of its files."""
    if raw.startswith(b"PK") and chance.random() < 0.85:
        return _within_archive(raw, chance)
    data = bytearray(raw)
    for _ in range(chance.choice((1, 1, 2, 4, 16))):
        _change(data, chance)
    return bytes(data)


def _change(data: bytearray, chance: random.Random) -> None:
    at = chance.randrange(len(data) + 1)
    to = min(len(data), at + chance.choice((1, 1, 2, 8, 40)))
    kind = chance.randrange(6)
    if kind == 0:
        data[at:to] = bytes(chance.randrange(256) for _ in range(to - at))
    elif kind == 1:
        data[at:at] = chance.choice(TOKENS)
    elif kind == 2:
        data[at:to] = chance.choice(TOKENS)
    elif kind == 3:
        del data[at:to]
    elif kind == 4:
        data[at:at] = data[to : to + 40] * chance.choice((1, 2, 50))
    else:
        lines = bytes(data).split(b"\n")
        chance.shuffle(lines)
        data[:] = b"\n".join(lines) if chance.random() < 0.3 else bytes(data[: max(at, 1)])


def _within_archive(raw: bytes, chance: random.Random) -> bytes:
    with zipfile.ZipFile(io.BytesIO(raw)) as archive:
        files = {name: archive.read(name) for name in archive.namelist()}
    telling = [name for name in files if "sheet" in name or "content" in name or "Strings" in name or "styles" in name]
    name = chance.choice(telling if telling and chance.random() < 0.8 else list(files))
    data = bytearray(files[name])
    for _ in range(chance.choice((1, 1, 2, 4))):
        _change(data, chance)
    files[name] = bytes(data)
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        for each, content in files.items():
            archive.writestr(each, content)
    return buffer.getvalue()


Read = Callable[[Path], object]


def beside() -> dict[str, tuple[bytes, Read]]:
    """Files beside a bill by their name, and how each is read."""
    trike, pickup = read_bom(EXAMPLES / "enrichment" / "trike.csv"), read_bom(EXAMPLES / "rural-pickup" / "pickup.json")

    def decided(path: Path) -> object:
        return match_certificates(trike, EXAMPLES / "enrichment" / "certificates.csv").read_confirmation(path)

    def directory(path: Path) -> object:
        folder = path.parent / "directory"
        folder.mkdir(exist_ok=True)
        for each in ("suppliers.csv", "capabilities.csv", "certificates.csv"):
            source = path if path.name == f"directory-{each}" else EXAMPLES / "subang-directory" / each
            (folder / each).write_bytes(source.read_bytes())
        return read_directory(folder)

    found: dict[str, tuple[Path, Read]] = {
        "purchasing.csv": (EXAMPLES / "enrichment" / "purchasing.csv", lambda path: enrich(trike, path)),
        "quotes.csv": (EXAMPLES / "enrichment" / "quotes.csv", lambda path: enrich(trike, path, on_conflict="replace")),
        "listed.csv": (EXAMPLES / "enrichment" / "certificates.csv", lambda path: match_certificates(trike, path)),
        "confirmation.csv": (EXAMPLES / "enrichment" / "confirmation.csv", decided),
        "needs.csv": (EXAMPLES / "subang-directory" / "needs.csv", lambda path: read_needs(path, pickup)),
        "measures.json": (EXAMPLES / "rural-pickup" / "measures.json", read_measures),
        "service.json": (EXAMPLES / "service" / "service.json", documents.read),
        "bids.json": (EXAMPLES / "tender" / "bids.json", documents.read),
        **{
            f"directory-{each}": (EXAMPLES / "subang-directory" / each, directory)
            for each in ("suppliers.csv", "capabilities.csv")
        },
    }
    rows: list[list[object]] = [
        ["Part No", "Negara Asal", "Harga (Rp)", "Skala Usaha Pembuat"],
        ["W-1", "Cina", 1250000, "Kecil"],
    ]
    workbook = sheet_of(rows), lambda path: enrich(trike, path)
    return {name: (source.read_bytes(), read) for name, (source, read) in found.items()} | {"second.xlsx": workbook}


def converse(path: Path) -> object:
    """Read a list and answer its questions by their first choices, or by an example that may be none."""
    reading = read_list(path)
    for _ in range(ROUNDS):
        for each in reading.questions:
            reading = reading.answered(each.answer(each.suggestion or each.answers[-1].value))
    return reading.bill()


def fuzz(count: int, seed: int, folder: Path) -> Counter[str]:
    """Read so many mutated files; what came of them. Raises `AssertionError` naming the first that ends otherwise."""
    bills: list[tuple[str, bytes, Callable[[Path], object] | None]] = [
        (name, raw, None) for name, raw in all_samples().items()
    ]
    bills += [(name, raw, converse) for name, raw in LISTS.items()] * 3
    samples = [*bills, *((name, raw, read) for name, (raw, read) in beside().items())]
    outcomes: Counter[str] = Counter()
    for number in range(count):
        chance = random.Random(f"{seed}/{number}")
        name, raw, read = chance.choice(samples)
        path = folder / name
        path.write_bytes(mutated(raw, chance))
        try:
            read(path) if read else read_with(path, chance.choice(HOW))
            outcomes["a result"] += 1
        except TkdnError as error:
            outcomes[error.code] += 1
        except BaseException as error:
            kept = path.rename(folder / f"found-{seed}-{number}-{name}")
            raise AssertionError(f"{kept}: {type(error).__name__}: {error}") from error
    return outcomes


def main() -> None:
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 2000
    seed = int(sys.argv[2]) if len(sys.argv) > 2 else 1
    outcomes = fuzz(count, seed, Path(tempfile.mkdtemp()))
    for code, times in outcomes.most_common():
        print(f"{times:8} {code}")


if __name__ == "__main__":
    main()
