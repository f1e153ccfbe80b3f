"use strict";
(() => {
  const data = JSON.parse(document.getElementById("data").textContent);
  const MOST = 10, PRINTED = 60, PART = { id: 0, name: 1, made_in: 2, scale: 3, maker: 4, certified: 5, own: 6, credited: 7, credited_potential: 8, cost: 9, share: 10, points: 11, potential_points: 12, status: 13, weight: 14 };
  let lang = document.documentElement.lang;

  // Words and numbers in the language shown.
  const texts = () => data.texts[lang];
  const text = (key) => texts()[key] ?? key;
  const ui = (key, values = {}) => fill(text("page." + key), values);
  const fill = (template, values) => template.replace(/\{(\w+)\}/g, (whole, key) => (key in values ? values[key] : whole));
  const figure = (value) => {
    if (value === null || value === undefined) return "–";
    const [whole, part] = String(value).split(".");
    const [group, point] = lang === "id" ? [".", ","] : [",", "."];
    return whole.replace(/\B(?=(\d{3})+$)/g, group) + (part === undefined ? "" : point + part);
  };
  const said = (number) => (lang === "id" && data.said.id[number] !== 0 ? data.said.id[number] : data.said.en[number]);

  // Elements: what comes from a bill is only ever text.
  const make = (tag, attributes = {}, ...children) => {
    const element = document.createElement(tag);
    for (const [key, value] of Object.entries(attributes)) {
      if (key.startsWith("on")) element.addEventListener(key.slice(2), value);
      else if (value !== null && value !== false) element.setAttribute(key, value === true ? "" : value);
    }
    element.append(...children.filter((child) => child !== null && child !== undefined));
    return element;
  };
  const bdi = (value) => make("bdi", {}, value);
  /** A template with the values that come from a bill kept to themselves. */
  const sentence = (template, values) => {
    const shown = make("span");
    for (const piece of template.split(/(\{\w+\})/)) {
      const key = piece.slice(1, -1), value = /^\{\w+\}$/.test(piece) && key in values ? values[key] : undefined;
      if (value === undefined) shown.append(piece);
      else shown.append(typeof value === "object" ? figure(value.n) : bdi(value));
    }
    return shown;
  };
  const country = (code) => text("country." + code);
  const scale = (name) => (name ? text("scale." + name) : "");
  const partLabel = (index) => {
    const part = data.parts[index];
    return make("div", {}, make("span", { class: "clamp", dir: "auto" }, part[PART.name] || part[PART.id]), make("div", { class: "below" }, part[PART.name] ? make("small", { dir: "auto" }, part[PART.id]) : null));
  };
  const partText = (index) => data.parts[index][PART.name] + " " + data.parts[index][PART.id] + " " + data.parts[index][PART.maker];

  // The steps behind a part's figures.
  const steps = (index) => {
    const part = data.parts[index], found = data.why[index];
    const shown = make("div", {}, make("h4", { dir: "auto" }, part[PART.name] ? part[PART.name] + " · " + part[PART.id] : part[PART.id]));
    if (part[PART.points] !== null && part[PART.share] !== null) {
      const [weight, share, credited, points] = ["weight", "share", "credited", "points"].map((key) => figure(part[PART[key]]));
      shown.append(make("p", {}, ui("arithmetic", { weight, share, credited, points })));
    } else if (index !== 0) shown.append(make("p", {}, ui("not_direct")));
    if (!found) return shown.append(make("p", {}, ui("not_explained", { part: part[PART.id] }))), shown;
    const list = make("ol", { class: "steps" });
    for (const [title, result, inputs, heads, rows, law, rest] of found) {
      const item = make("li", {}, make("p", { class: "step" }, said(title), " ", make("b", {}, bdi(said(result)))));
      if (inputs.length) item.append(make("dl", { class: "inputs" }, ...inputs.map(([label, value]) => make("div", {}, make("dt", {}, said(label)), make("dd", {}, bdi(said(value)))))));
      if (rows.length) {
        const head = make("tr", {}, ...heads.map((each) => make("th", { scope: "col" }, said(each))));
        const body = rows.map((row) => make("tr", {}, ...row.map((cell) => make("td", {}, make("bdi", { class: "clamp" }, said(cell))))));
        item.append(make("div", { class: "wide", tabindex: "0", role: "group", "aria-label": said(title) }, make("table", {}, make("thead", {}, head), make("tbody", {}, ...body))));
        if (rest) item.append(make("p", { class: "aside" }, fill(text("rows_more"), { count: figure(rest) })));
      }
      for (const line of law) item.append(make("p", { class: "law" }, make("span", {}, ui("law")), " ", said(line)));
      list.append(item);
    }
    shown.append(list);
    return shown;
  };

  /** A table that sorts, filters, turns pages, and, where rows have children, opens level by level. */
  class Table {
    constructor(spec) {
      Object.assign(this, { size: MOST, search: "", chosen: {}, page: 0, sort: null, down: true, opened: new Set(), explained: new Set() }, spec);
    }
    draw(root, title) {
      this.root = root; this.title = title;
      this.search_ = make("input", { type: "search", value: this.search, oninput: (event) => this.change({ search: event.target.value }) });
      const filters = (this.filters ?? []).map(({ key, label, options }) => {
        const all = make("option", { value: "" }, ui("all"));
        const select = make("select", { "data-filter": key, onchange: (event) => this.change({ chosen: { ...this.chosen, [key]: event.target.value } }) }, all, ...options().map(([value, name]) => make("option", { value, selected: this.chosen[key] === value }, name)));
        return make("label", {}, ui(label), select);
      });
      this.count = make("p", { class: "count", role: "status" });
      const tools = this.rows.length > 8 ? [make("label", { class: "grow" }, ui(this.finds ?? "search"), this.search_), ...filters] : [];
      this.head = make("tr"); this.body = make("tbody");
      this.pager = make("nav", { class: "pager", "aria-label": ui("pages", { table: title }) });
      const table = make("table", { class: "data" }, make("caption", { class: "unseen" }, title), make("thead", {}, this.head), this.body);
      root.replaceChildren(make("div", { class: "tools" }, ...tools, this.count), make("div", { class: "wide", tabindex: "0", role: "group", "aria-label": title }, table), this.pager);
      this.show();
    }
    change(changes) { Object.assign(this, changes, { page: 0 }); this.show(); }
    filtering() { return this.search.trim() !== "" || Object.values(this.chosen).some(Boolean); }
    matching() {
      const wanted = this.search.trim().toLowerCase();
      return this.rows.filter((row) => (!wanted || this.text(row).toLowerCase().includes(wanted)) && (this.filters ?? []).every(({ key, holds }) => !this.chosen[key] || holds(row, this.chosen[key])));
    }
    sorted(rows) {
      const column = this.columns.find(({ key }) => key === this.sort);
      if (!column) return rows;
      const keys = new Map(rows.map((row) => [row, column.value(row)])), way = this.down ? -1 : 1;
      const empty = (value) => value === null || value === undefined || value === "";
      return [...rows].sort((one, two) => {
        const [a, b] = [keys.get(one), keys.get(two)];
        if (empty(a) || empty(b)) return empty(a) - empty(b);
        return way * (column.numeric ? Number(a) - Number(b) : String(a).localeCompare(String(b), lang));
      });
    }
    /** The rows as they stand below each other: all that match, or the open part of the tree. */
    standing() {
      if (!this.children || this.filtering()) return this.sorted(this.matching()).map((row) => ({ row, level: 0, path: this.name(row) }));
      const found = [];
      const add = (rows, level, path) => {
        for (const row of this.sorted(rows)) {
          const own = path + "/" + this.name(row);
          found.push({ row, level, path: own });
          if (this.opened.has(own)) add(this.children(row), level + 1, own);
        }
      };
      add(this.roots(), 0, "");
      return found;
    }
    show() {
      const rows = this.standing(), pages = Math.max(1, Math.ceil(rows.length / this.size));
      this.page = Math.min(this.page, pages - 1);
      const from = this.page * this.size, shown = rows.slice(from, from + this.size);
      this.head.replaceChildren(...this.columns.map((column) => this.heading(column)));
      this.body.replaceChildren(...shown.flatMap((each) => this.row(each)));
      this.count.textContent = rows.length ? ui("rows", { from: figure(from + 1), to: figure(from + shown.length), count: figure(rows.length) }) : ui("no_rows");
      const turn = (by, key, off) => make("button", { type: "button", disabled: off, "data-turn": key, onclick: () => { this.page += by; this.show(); this.focus(`[data-turn=${key}]`); } }, ui(key));
      this.pager.replaceChildren(...(pages > 1 ? [turn(-1, "previous", this.page === 0), make("span", {}, ui("page", { page: figure(this.page + 1), pages: figure(pages) })), turn(1, "next", this.page === pages - 1)] : []));
    }
    focus(selector) { const found = this.root.querySelector(selector); if (found && !found.disabled) found.focus(); else this.root.querySelector(".wide").focus({ preventScroll: true }); }
    heading(column) {
      const attributes = { scope: "col", class: column.numeric ? "n" : null, "aria-sort": this.sort === column.key ? (this.down ? "descending" : "ascending") : null };
      if (!column.value) return make("th", attributes, ui(column.label ?? column.key));
      const sort = () => { this.change({ sort: column.key, down: this.sort === column.key ? !this.down : Boolean(column.numeric) }); this.focus(`[data-sort=${column.key}]`); };
      return make("th", attributes, make("button", { type: "button", "data-sort": column.key, onclick: sort }, ui(column.label ?? column.key)), make("span", { class: "printed", "aria-hidden": "true" }, ui(column.label ?? column.key)));
    }
    row({ row, level, path }) {
      const element = make("tr", { "data-row": this.name(row) });
      for (const column of this.columns) {
        const cell = column.cell ? column.cell(row, this, element) : figure(column.value(row));
        element.append(make("td", { class: column.class ?? (column.numeric ? "n" : null), "data-column": column.key }, cell));
      }
      if (!this.children) return [element];
      const index = row.index, first = element.firstChild, holder = make("div", { class: "first" }), name = data.parts[index][PART.name] || data.parts[index][PART.id];
      if (data.lines[index] && !this.filtering()) {
        const open = this.opened.has(path);
        const toggle = () => { open ? this.opened.delete(path) : this.opened.add(path); this.show(); this.focus(`[data-path="${CSS.escape(path)}"]`); };
        holder.append(make("button", { type: "button", class: "toggle", "data-path": path, "aria-expanded": String(open), "aria-label": ui(open ? "close" : "open", { part: name }), onclick: toggle }, open ? "−" : "+"));
      }
      holder.append(...first.childNodes); holder.style.paddingInlineStart = level * 1.1 + "rem"; first.append(holder);
      const explained = this.explained.has(path);
      const why = make("button", { type: "button", class: "why", "aria-expanded": String(explained), "aria-label": ui("why_of", { part: name }), onclick: () => { explained ? this.explained.delete(path) : this.explained.add(path); this.show(); this.focus(`[data-why="${CSS.escape(path)}"]`); }, "data-why": path }, ui("why"));
      holder.lastChild.lastChild.append(why);
      return explained ? [element, make("tr", { class: "detail" }, make("td", { colspan: this.columns.length }, steps(index)))] : [element];
    }
  }

  // The tables.
  const partColumn = (index) => ({ key: "part", value: (row) => partText(index(row)).trim(), cell: (row) => partLabel(index(row)) });
  const number = (key, value, label) => ({ key, label, value, numeric: true });
  const plainText = (key, value, label) => ({ key, label, value, cell: (row) => bdi(value(row) || "–") });
  const distinct = (values) => [...new Set(values)];
  const scales = ["micro", "small", "medium", "large", "unknown"];
  const scaleOptions = (values) => () => scales.filter((each) => values.has(each)).map((each) => [each, scale(each)]);
  const components = data.parts.map((part, index) => ({ index, part }));
  const partFigure = (key) => number(key, (row) => row.part[PART[key]]);
  const roots = data.lines[0] ? data.lines[0] : [];
  const asRow = ([index, quantity, unit]) => ({ index, part: data.parts[index], quantity, unit });
  const lifts = data.lift.map((row, rank) => ({ row, rank }));
  const liftCell = (row, status) => (row !== null ? figure(row) : status === "cannot_be_calculated" ? text("nothing_without") : "–");
  const liftColumns = (at) => [number("spend", ({ row }) => row[at]), { key: "lift", numeric: true, value: ({ row }) => (row[at + 1] === null && row[at + 3] === "cannot_be_calculated" ? 1e9 : row[at + 1]), cell: ({ row }) => liftCell(row[at + 1], row[at + 3]) }, number("without", ({ row }) => row[at + 2])];
  const hidden = ({ row }) => {
    const shown = make("span");
    row[9].forEach(([part, why], at) => shown.append(at ? "; " : "", sentence(text("hidden." + why), { part })));
    if (row[10]) shown.append("; " + fill(text("more"), { count: figure(row[10]) }));
    return shown.childNodes.length ? shown : "–";
  };
  const group = (by, label) => new Table({
    rows: (data[by] ?? []).map((row) => ({ row })), name: ({ row }) => row[0], text: ({ row }) => label(row[0]),
    columns: [plainText("group", ({ row }) => label(row[0])), number("parts", ({ row }) => row[1]), ...liftColumns(2)],
  });
  const message = (row) => sentence(text(row[0] + "." + row[1]), row[2]);
  const remedy = (row) => (texts()[row[0] + "-remedy." + row[1]] ? sentence(text(row[0] + "-remedy." + row[1]), row[2]) : "–");
  const affects = (row) => row[3].map((each) => text("basis_" + each)).join(", ");
  const findings = (kind, columns, more = {}) => new Table({ rows: data[kind].map((row, rank) => ({ row, rank })), name: ({ rank }) => String(rank), text: ({ row }) => message(row).textContent + " " + Object.values(row[2]).join(" "), columns, ...more });
  const finding = (key) => ({ key, class: "words", value: ({ row }) => message(row).textContent, cell: ({ row }) => message(row) });
  const remedyColumn = (key) => ({ key, class: "words", value: ({ row }) => row[1], cell: ({ row }) => remedy(row) });
  const done = new Set();
  const tick = { key: "done", cell: ({ row, rank }, table, element) => {
    element.classList.toggle("done-row", done.has(rank));
    const flip = (event) => { event.target.checked ? done.add(rank) : done.delete(rank); element.classList.toggle("done-row", event.target.checked); };
    return make("input", { type: "checkbox", class: "tick-box", checked: done.has(rank), "aria-label": ui("done") + ": " + message(row).textContent, onchange: flip });
  } };
  const tables = {
    components: new Table({
      rows: components, name: (row) => String(row.index), text: (row) => partText(row.index), finds: "search_components", sort: "cost", size: 25,
      roots: () => (roots.length ? roots.map(asRow) : components.slice(0, 1)), children: (row) => (data.lines[row.index] ?? []).map(asRow),
      filters: [
        { key: "made_in", label: "filter_made_in", options: () => distinct(components.map((row) => row.part[PART.made_in])).map((code) => [code, country(code)]).sort((a, b) => a[1].localeCompare(b[1], lang)), holds: (row, value) => row.part[PART.made_in] === value },
        { key: "scale", label: "filter_scale", options: scaleOptions(new Set(components.map((row) => row.part[PART.scale]))), holds: (row, value) => row.part[PART.scale] === value },
      ],
      columns: [
        partColumn((row) => row.index),
        { key: "made_in", value: (row) => country(row.part[PART.made_in]), cell: (row) => make("span", {}, country(row.part[PART.made_in]), make("small", {}, scale(row.part[PART.scale]))) },
        { key: "quantity", numeric: true, cell: (row) => (row.quantity === undefined ? "–" : figure(row.quantity) + " " + row.unit) },
        ...["certified", "own", "credited", "credited_potential", "cost", "share", "points", "potential_points"].map(partFigure),
      ],
    }),
    lift: new Table({
      rows: lifts, name: ({ rank }) => String(rank), text: ({ row }) => partText(row[0]) + " " + row[3], finds: "search_components",
      filters: [{ key: "scale", label: "filter_scale", options: scaleOptions(new Set(lifts.map(({ row }) => row[2]))), holds: ({ row }, value) => row[2] === value }],
      columns: [partColumn(({ row }) => row[0]), { key: "supplier", value: ({ row }) => row[1], cell: ({ row }) => make("span", {}, bdi(row[1]), make("small", {}, scale(row[2]))) }, plainText("region", ({ row }) => row[3]), ...liftColumns(4), { key: "hidden_by", class: "words", cell: hidden }],
    }),
    supplier: group("supplier", (key) => key || ui("no_key")),
    region: group("region", (key) => key || ui("no_key")),
    scale: group("scale", (key) => scale(key)),
    gaps: findings("gaps", [tick, remedyColumn("what"), finding("missing"), { key: "affects", value: ({ row }) => affects(row), cell: ({ row }) => affects(row) }], {
      filters: [{ key: "affects", label: "filter_affects", options: () => distinct(data.gaps.flatMap((row) => row[3])).map((each) => [each, text("basis_" + each)]), holds: ({ row }, value) => row[3].includes(value) }],
    }),
    assumptions: findings("assumptions", [finding("finding"), remedyColumn("remedy"), number("rests", ({ row }) => row[4]), number("potential_rests", ({ row }) => row[5])]),
    warnings: findings("warnings", [finding("finding"), remedyColumn("remedy")]),
  };

  // The language shown.
  const show = (chosen) => {
    lang = chosen;
    document.documentElement.lang = chosen;
    for (const edition of document.querySelectorAll(".edition")) {
      edition.hidden = edition.dataset.lang !== chosen;
      for (const root of edition.querySelectorAll("[data-table]")) edition.hidden ? root.replaceChildren() : tables[root.dataset.table].draw(root, root.dataset.title);
    }
    document.title = fill(text("title"), { product: data.parts[0][PART.name] || data.parts[0][PART.id] });
  };
  for (const button of document.querySelectorAll("[data-to]")) {
    button.addEventListener("click", () => { show(button.dataset.to); document.querySelector(`.edition:not([hidden]) [data-to=${button.dataset.to}]`).focus(); });
  }
  show(lang);

  // On paper there is no page to turn: more rows stand there.
  const resize = (printing) => {
    for (const table of Object.values(tables)) {
      table.usual ??= table.size;
      table.size = printing ? PRINTED : table.usual;
      if (table.root?.isConnected && table.body.isConnected) table.show();
    }
  };
  window.addEventListener("beforeprint", () => resize(true));
  window.addEventListener("afterprint", () => resize(false));
})();
