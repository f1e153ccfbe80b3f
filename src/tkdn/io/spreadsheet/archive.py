"""A zip archive that is unpacked no further than its limit, whatever it says of itself."""

from __future__ import annotations

import zipfile

from tkdn.errors import BomError
from tkdn.io.spreadsheet.limits import Limits, too_large

_STEP = 2**20


class Archive:
    """The files of an archive. Raises `BomError` (`file-too-large`) where it unpacks to more than the limit, as it says itself
    or as it turns out."""

    def __init__(self, archive: zipfile.ZipFile, file: str, limits: Limits) -> None:
        self._archive, self._file, self._most = archive, file, limits.unpacked_bytes
        self._read: dict[str, int] = {}
        size = sum(entry.file_size for entry in archive.infolist())
        if size > self._most:
            raise self._too_large("unpacked", size)
        self.names = tuple(dict.fromkeys(archive.namelist()))

    def read(self, name: str) -> bytes:
        """The content of a file. A file that is read again counts once."""
        self._read.pop(name, None)
        found = bytearray()
        with self._archive.open(name) as unpacked:
            while step := unpacked.read(_STEP):
                found += step
                if len(found) + sum(self._read.values()) > self._most:
                    raise self._too_large("unpacked_part", self._most)
        self._read[name] = len(found)
        return bytes(found)

    def _too_large(self, case: str, size: int) -> BomError:
        return too_large(self._file, "unpacked_bytes", case, size=size, most=self._most)
