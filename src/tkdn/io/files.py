"""Files as bytes: read within the limits, written whole or not at all."""

from __future__ import annotations

import os
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path
from secrets import token_hex
from stat import S_IMODE, S_ISDIR, S_ISREG

from tkdn.errors import BomError, Problem, UsageError
from tkdn.io.spreadsheet.limits import limits_now, too_large

PARTIAL = ".tkdn-"
"""How the name of a file begins that is being written."""
_BINARY = getattr(os, "O_BINARY", 0)


def read_bytes(path: Path) -> bytes:
    """The file's bytes.

    Raises `BomError`: `file-unreadable` where it cannot be read, or is a pipe or device, which might never end;
    `file-too-large` where it passes the limit.
    """
    most, name = limits_now().file_bytes, path.name[:100]
    try:
        state = os.stat(path)
        if S_ISDIR(state.st_mode):
            raise IsADirectoryError(None, "Is a directory")
        if not S_ISREG(state.st_mode):
            raise BomError([Problem("file-unreadable", {}, case="device").in_file(name)])
        size = state.st_size
        if size <= most:
            with path.open("rb") as file:
                raw = file.read(most + 1)
            if len(raw) <= most:
                return raw
            size = len(raw)
    except (OSError, ValueError) as error:  # ValueError: a path with a NUL
        raise unreadable(path, error) from None
    raise too_large(name, "file_bytes", "bytes", size=size, most=most)


def unreadable(path: Path, error: OSError | ValueError) -> BomError:
    """That a file cannot be read, and why."""
    return BomError(
        [Problem("file-unreadable", {"reason": getattr(error, "strerror", None) or error}).in_file(path.name[:100])]
    )


def write_file(path: Path, raw: bytes, *, force: bool) -> None:
    """Write a file whole or not at all.

    Raises `UsageError`: `output-exists` where it exists and `force` is not given, `output-unwritable` where it cannot be written.
    """
    refuse_existing(path, force=force)
    try:
        replace_file(path, raw)
    except OSError as error:
        raise unwritable(path, error) from None


def replace_file(path: Path, raw: bytes, *, durable: bool = False) -> None:
    """Write a file whole or not at all: next to its place first, then moved into it.

    A link stays, and what it leads to is written. `durable` is as in `replace_files`.
    """
    place = Path(os.path.realpath(path))
    replace_files(place.parent, {place.name: raw}, durable=durable)


def replace_files(folder: Path, files: Mapping[str, bytes], *, durable: bool = False) -> None:
    """Write files of a folder, none of them if one cannot be written.

    All are written next to their places first. A new file has the rights that the umask leaves, an overwritten one keeps its
    own.

    Args:
        folder: the folder, which exists.
        files: the content of each file by its name.
        durable: True if the files must outlast a crash of the machine: content before name, name before what comes next.
    """
    partial: dict[Path, str] = {}
    try:
        for name, raw in files.items():
            path = folder / f"{PARTIAL}{token_hex(8)}"
            _write_new(path, raw, _mode(folder / name), durable=durable)
            partial[path] = name
        for path, name in list(partial.items()):
            os.replace(path, folder / name)
            del partial[path]
        if durable:
            _sync_folder(folder)
    finally:
        for left in partial:
            with suppress(OSError):
                left.unlink()


def is_partial(path: Path) -> bool:
    """Return True if a file is one that `replace_files` was writing when it was killed."""
    return path.name.startswith(PARTIAL)


def _mode(path: Path) -> int | None:
    """The rights of a file that is overwritten; None if it is new."""
    try:
        return S_IMODE(os.stat(path).st_mode) & 0o777
    except OSError:
        return None


def _write_new(path: Path, raw: bytes, mode: int | None, *, durable: bool) -> None:
    """Write a file that does not exist. The umask takes from 0666 what it does, when the file is opened."""
    try:
        with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL | _BINARY, 0o666), "wb") as file:
            if mode not in (None, _mode(path)):
                os.chmod(path, mode)
            file.write(raw)
            if durable:
                file.flush()
                os.fsync(file.fileno())
    except BaseException:
        path.unlink(missing_ok=True)
        raise


def _sync_folder(folder: Path) -> None:
    """Put the names in a folder on the disk. Windows, which cannot open a folder, writes them through by itself."""
    if os.name != "nt":
        opened = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(opened)
        finally:
            os.close(opened)


def unwritable(path: Path, error: OSError) -> UsageError:
    """That a file cannot be written, and why."""
    return UsageError([Problem("output-unwritable", {"reason": error.strerror or error}).in_file(path.name[:100])])


def refuse_existing(path: Path, *, force: bool) -> None:
    """Raise `UsageError`: `output-exists` rather than overwrite a file, a folder with files in it, or a link;
    `output-unwritable` for a pipe or device, which is never replaced."""
    try:
        mode = os.stat(path).st_mode
    except (OSError, ValueError):
        mode = 0
    if mode and not S_ISREG(mode) and not S_ISDIR(mode):
        raise UsageError([Problem("output-unwritable", {}, case="device").in_file(path.name[:100])])
    if not force and (S_ISREG(mode) or _is_filled(path, mode) or (not mode and path.is_symlink())):
        raise UsageError([Problem("output-exists", {"file": path.name[:100]}).in_file(path.name[:100])])


def _is_filled(path: Path, mode: int) -> bool:
    try:
        return S_ISDIR(mode) and bool(os.listdir(path))
    except OSError as error:
        raise unwritable(path, error) from None
