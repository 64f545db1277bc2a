// An answer in, the table of a page out: names in place of addresses, words as headings.
// The same rules as for the tables that the site is built with; a test compares the two.
const NAME = "Naam";

/** Headings, rows of cells with one or more values and the things in them, and what was filled in. */
export function table(answer, question, names) {
  const rows = answer.rows.map((row) => new Map(answer.columns.map((c) => [c, names.value(row[c])])));
  const things = answer.rows.map((row) => Object.values(row).filter((t) => t.type === "uri").map((t) => t.value));
  const given = filled(question, rows);
  const shown = answer.columns
    .filter((c) => !isName(c, answer.columns) && !given.has(c))
    .filter((c) => rows.some((row) => row.get(c).text));
  return {
    columns: shown.map(words),
    rows: merged(rows.map((row, i) => ({ cells: shown.map((c) => cell(row, c)), things: things[i] }))),
    given: [...given].map(([c, text]) => [words(c), text]),
  };
}

export function words(column) {
  const apart = column.replace(/(?<=[a-z0-9])(?=[A-Z])/g, " ").toLowerCase();
  return apart.slice(0, 1).toUpperCase() + apart.slice(1);
}

function isName(column, columns) {
  return column.endsWith(NAME) && columns.includes(column.slice(0, -NAME.length));
}

function filled(question, rows) {
  const literal = (question?.parameters ?? []).filter((p) => p.datatype && p.default).map((p) => p.name);
  const fixed = literal.filter((name) => rows.length && new Set(rows.map((r) => r.get(name).text)).size === 1);
  return new Map(fixed.map((name) => [name, rows[0].get(name).text]));
}

function cell(row, column) {
  const found = row.get(column);
  const name = row.get(column + NAME);
  return found.text === found.target && name?.text ? { text: name.text, target: found.target } : found;
}

// Neighbours that differ in the last column only are one row, with all those values.
function merged(rows) {
  const same = (one, other) => one.text === other.text && one.target === other.target;
  const done = [];
  for (const { cells, things } of rows) {
    const last = done.at(-1);
    const alike = last && cells.length > 1 && cells.slice(0, -1).every((v, i) => same(last.cells[i][0], v));
    if (!alike) done.push({ cells: cells.map((v) => [v]), things: new Set(things) });
    else {
      if (!last.cells.at(-1).some((v) => same(v, cells.at(-1)))) last.cells.at(-1).push(cells.at(-1));
      things.forEach((iri) => last.things.add(iri));
    }
  }
  return done;
}
