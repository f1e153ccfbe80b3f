"""A mapping that does not change, held by results instead of a dict."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import NoReturn, TypeVar

K = TypeVar("K")
V_co = TypeVar("V_co", covariant=True)


class FrozenMap(Mapping[K, V_co]):
    """A mapping without a way to change it; it equals a dict of the same items, and can be copied and pickled.

    >>> import pickle
    >>> found = FrozenMap({"WHEEL": 25})
    >>> found == {"WHEEL": 25}, pickle.loads(pickle.dumps(found)) == found, found
    (True, True, FrozenMap({'WHEEL': 25}))
    >>> found["WHEEL"] = 40
    Traceback (most recent call last):
    TypeError: 'FrozenMap' object does not support item assignment
    """

    __slots__ = ("_items",)
    _items: dict[K, V_co]

    def __init__(self, items: Mapping[K, V_co] | Iterable[tuple[K, V_co]] = ()) -> None:
        """Take the items, from a mapping or from pairs."""
        object.__setattr__(self, "_items", dict(items))

    def __getitem__(self, key: K) -> V_co:
        """Return the value of a key."""
        return self._items[key]

    def __iter__(self) -> Iterator[K]:
        """Iterate over the keys."""
        return iter(self._items)

    def __len__(self) -> int:
        """Return the number of items."""
        return len(self._items)

    def __hash__(self) -> int:
        """Return the hash of the items, in any order."""
        return hash(frozenset(self._items.items()))

    def __repr__(self) -> str:
        """Return the items as they would be written."""
        return f"FrozenMap({self._items!r})"

    def __setattr__(self, name: str, value: object) -> NoReturn:
        """Raise `AttributeError`."""
        raise AttributeError(f"{name!r} cannot be set: a FrozenMap does not change")

    def __delattr__(self, name: str) -> NoReturn:
        """Raise `AttributeError`."""
        raise AttributeError(f"{name!r} cannot be deleted: a FrozenMap does not change")

    def __reduce__(self) -> tuple[type[FrozenMap[K, V_co]], tuple[dict[K, V_co]]]:
        """Return what pickles it."""
        return FrozenMap, (dict(self),)

    def __copy__(self) -> FrozenMap[K, V_co]:
        """Return the same map: it does not change."""
        return self
