"""The same work by other means: a graph of objects, recursion, data frames, SQL, one compiled pass. Rules where it says so."""

from __future__ import annotations

from typing import Any

import numpy as np
from synthetic_arrays import Columns

BANDS = ((80.005, 100), (60.005, 80), (40.005, 60), (24.995, 40))
"""The ladder of certificates in percent, for a peer that has no regulation to ask."""
CREDITS = (0, 25, 40, 60, 80, 100)


def banded(value: float) -> int:
    return next((credit for edge, credit in BANDS if value >= edge), 25)


def credited_by_rules(
    bill: Columns, number: int, children: list[int], low: Any, high: Any, potential: Any, costs: Any
) -> None:
    """The rules of 35/2025 for one part, in three columns: today, at best, potential; for goods made in an own factory."""
    total = credited = 0.0
    home = 0
    for child, cost in zip(children, costs, strict=True):
        total += cost
        credited += cost * potential[child]
        home += bill.origin[child] == 2
    if bill.origin[number] != 2:
        low[number] = high[number] = potential[number] = 0
        return
    by_material = 100 if children and home == len(children) else 25
    credit = CREDITS[bill.certificate[number]] if bill.certificate[number] else by_material
    low[number] = high[number] = potential[number] = credit
    if children and home and total:
        potential[number] = max(credit, banded(min(0.75 * credited / total + 25, 100)))


def networkx_graph(bill: Columns) -> Any:
    """The bill as people make it: a directed graph with quantities on its edges and prices on its nodes."""
    import networkx as nx

    graph: Any = nx.DiGraph()
    prices = bill.price.tolist()
    graph.add_nodes_from((number, {"price": prices[number]}) for number in range(bill.parts))
    edges = zip(bill.parent.tolist(), bill.child.tolist(), bill.quantity.tolist(), strict=True)
    graph.add_weighted_edges_from(edges, weight="quantity")
    return graph


def networkx_walk(bill: Columns, graph: Any) -> float:
    """The rules on a topological sort, with dicts."""
    import networkx as nx

    cost: dict[int, float] = {}
    low: dict[int, int] = {}
    high: dict[int, int] = {}
    potential: dict[int, int] = {}
    for number in reversed(list(nx.topological_sort(graph))):
        children, costs = [], []
        for child, data in graph[number].items():
            children.append(child)
            costs.append(data["quantity"] * cost[child])
        price = graph.nodes[number]["price"]
        cost[number] = price if price == price else sum(costs)  # noqa: PLR0124
        credited_by_rules(bill, number, children, low, high, potential, costs)
    return product_score(bill, graph, cost, potential)


def product_score(bill: Columns, graph: Any, cost: dict[int, float], potential: dict[int, int]) -> float:
    lines = [(data["quantity"] * cost[child], potential[child]) for child, data in graph[0].items()]
    return 0.75 * sum(each * credit for each, credit in lines) / sum(each for each, _ in lines) + 25


def lists(bill: Columns) -> list[list[tuple[int, float]]]:
    """Children of each part with their quantities."""
    found: list[list[tuple[int, float]]] = [[] for _ in range(bill.parts)]
    for parent, child, quantity in zip(bill.parent.tolist(), bill.child.tolist(), bill.quantity.tolist(), strict=True):
        found[parent].append((child, quantity))
    return found


def recursion(bill: Columns, below: list[list[tuple[int, float]]]) -> float:
    """The rules by plain recursion with a memo."""
    cost: dict[int, float] = {}
    low: dict[int, int] = {}
    high: dict[int, int] = {}
    potential: dict[int, int] = {}
    prices = bill.price.tolist()

    def visit(number: int) -> None:
        children, costs = [], []
        for child, quantity in below[number]:
            if child not in cost:
                visit(child)
            children.append(child)
            costs.append(quantity * cost[child])
        price = prices[number]
        cost[number] = price if price == price else sum(costs)  # noqa: PLR0124
        credited_by_rules(bill, number, children, low, high, potential, costs)

    visit(0)
    lines = [(quantity * cost[child], potential[child]) for child, quantity in below[0]]
    return 0.75 * sum(each * credit for each, credit in lines) / sum(each for each, _ in lines) + 25


def numpy_compile(bill: Columns) -> Any:
    """Compressed rows both ways and the levels, by numpy alone."""
    size = bill.parts
    by_parent = np.argsort(bill.parent, kind="stable")
    by_child = np.argsort(bill.child, kind="stable")
    down = np.searchsorted(bill.parent[by_parent], np.arange(size + 1))
    up = np.searchsorted(bill.child[by_child], np.arange(size + 1))
    above = bill.parent[by_child]
    waiting = np.diff(down)
    level = np.full(size, -1)
    ready, height = np.flatnonzero(waiting == 0), 0
    while len(ready):
        level[ready] = height
        counts = up[ready + 1] - up[ready]
        at = np.repeat(up[ready] - np.cumsum(counts) + counts, counts) + np.arange(counts.sum())
        waiting = waiting - np.bincount(above[at], minlength=size)
        touched = np.zeros(size, bool)
        touched[above[at]] = True
        ready, height = np.flatnonzero(touched & (waiting == 0)), height + 1
    order = np.argsort(level, kind="stable")
    return order, level, bill.child[by_parent], bill.quantity[by_parent], down, by_child, up


def numba_roll_up(bill: Columns) -> Any:
    """One compiled pass over the compressed rows: total and domestic cost of every part, no rules. Gives the job."""
    import numba

    order, _, child, quantity, starts, *_ = numpy_compile(bill)

    @numba.njit(cache=False)  # type: ignore[untyped-decorator]
    def pass_(order: Any, starts: Any, child: Any, quantity: Any, price: Any, home: Any) -> Any:
        cost, domestic = np.zeros(len(order)), np.zeros(len(order))
        for number in order:
            total = share = 0.0
            for line in range(starts[number], starts[number + 1]):
                total += quantity[line] * cost[child[line]]
                share += quantity[line] * domestic[child[line]]
            if price[number] == price[number]:
                cost[number] = price[number]
                domestic[number] = price[number] if home[number] else 0.0
            else:
                cost[number], domestic[number] = total, share
        return cost, domestic

    home = bill.origin == 2
    return lambda: pass_(order, starts, child, quantity, bill.price, home)


def level_frames(bill: Columns) -> tuple[int, Any]:
    """How many levels there are, and each use with the level of its parent."""
    level = numpy_compile(bill)[1]
    return int(level.max()), level


def pandas_roll_up(bill: Columns, most: int, level: Any) -> Any:
    """Cost by levels with group-by of pandas."""
    import pandas as pd

    uses = pd.DataFrame({"parent": bill.parent, "child": bill.child, "quantity": bill.quantity})
    uses["level"] = level[bill.parent]
    by_level = dict(tuple(uses.groupby("level")))
    cost = pd.Series(bill.price.copy())
    for at in range(1, most + 1):
        lines = by_level[at]
        sums = (lines["quantity"] * cost.to_numpy()[lines["child"].to_numpy()]).groupby(lines["parent"]).sum()
        cost.loc[sums.index] = cost.loc[sums.index].fillna(sums)
    return cost


def polars_roll_up(bill: Columns, most: int, level: Any) -> Any:
    """Cost by levels with joins of polars."""
    import polars as pl

    uses = pl.DataFrame(
        {"parent": bill.parent, "child": bill.child, "quantity": bill.quantity, "level": level[bill.parent]}
    )
    parts = pl.DataFrame({"part": np.arange(bill.parts), "price": bill.price}).with_columns(
        pl.col("price").fill_nan(None), level=pl.Series(level)
    )
    known = parts.filter(pl.col("level") == 0).select("part", cost="price")
    for at in range(1, most + 1):
        sums = (
            uses.filter(pl.col("level") == at)
            .join(known, left_on="child", right_on="part")
            .group_by("parent")
            .agg((pl.col("quantity") * pl.col("cost")).sum().alias("sum"))
        )
        here = parts.filter(pl.col("level") == at).join(sums, left_on="part", right_on="parent", how="left")
        known = pl.concat([known, here.select("part", cost=pl.coalesce("price", "sum"))])
    return known


def duckdb_roll_up(bill: Columns, most: int, level: Any) -> Any:
    """Cost by levels in SQL of DuckDB."""
    import duckdb
    import pandas as pd

    uses = pd.DataFrame(  # noqa: F841  # read by name
        {"parent": bill.parent, "child": bill.child, "quantity": bill.quantity, "level": level[bill.parent]}
    )
    price = np.where(np.isnan(bill.price), None, bill.price.astype(object))
    parts = pd.DataFrame({"part": np.arange(bill.parts), "price": price, "level": level})  # noqa: F841
    base = duckdb.connect()
    base.execute("create table u as select * from uses")
    base.execute("create table p as select part, cast(price as double) as price, level from parts")
    base.execute("create table known as select part, price as cost from p where level = 0")
    for at in range(1, most + 1):
        base.execute(
            "insert into known select p.part, coalesce(p.price, s.total) from p left join (select parent, "
            "sum(quantity * cost) as total from u join known on child = part where level = ? group by parent) s "
            "on s.parent = p.part where p.level = ?",
            [at, at],
        )
    return base.execute("select count(*), sum(cost) from known").fetchone()
