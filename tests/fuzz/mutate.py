"""Mutated sample files: reading any of them ends in a bill or one of our errors.

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
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[2]))

from tests.io.sources.made import all_samples

from tkdn.errors import TkdnError
from tkdn.io import read_with
from tkdn.io.options import ReadOptions

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
]


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


def fuzz(count: int, seed: int, folder: Path) -> Counter[str]:
    """Read so many mutated files; what came of them. Raises `AssertionError` naming the first that ends otherwise."""
    samples = list(all_samples().items())
    outcomes: Counter[str] = Counter()
    for number in range(count):
        chance = random.Random(f"{seed}/{number}")
        name, raw = chance.choice(samples)
        path = folder / name
        path.write_bytes(mutated(raw, chance))
        try:
            read_with(path, chance.choice(HOW))
            outcomes["a bill"] += 1
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
