// Answers as pictures: a series as bars from nought, things and what lies between them as a network.
// The table always stands there as well; a picture adds nothing that is not in it.
import { make, shown } from "./dom.js";
import { literal, number } from "./terms.js";

const PERIOD = /#(gYear|date|gYearMonth)$/;
const AMOUNT = /#(integer|decimal|double|float)$/;
const [MOST_CHARTS, MOST_NODES] = [12, 80];
const [WIDE, HIGH] = [640, 240];

/** The columns of a series: periods, amounts, and what they are about; nothing when it is none. */
export function series({ kind, columns, rows }) {
  if (kind !== "table" || rows.length < 2) return undefined;
  const all = (column, test) => rows.some((r) => r[column]) && rows.every((r) => !r[column] || test(r[column]));
  const typed = (pattern) => (t) => t.type === "literal" && pattern.test(t.datatype ?? "");
  const period = columns.find((c) => all(c, typed(PERIOD)));
  const amount = columns.find((c) => all(c, typed(AMOUNT)) && rows.some((r) => r[c]?.datatype.endsWith("decimal")))
    ?? columns.find((c) => all(c, typed(AMOUNT)));
  const about = columns.find((c) => c !== period && c !== amount && all(c, (t) => t.type === "uri"));
  const several = period && new Set(rows.map((r) => r[period]?.value)).size > 1;
  return amount && several ? { period, amount, about } : undefined;
}

/** A small chart for each thing that the series is about. */
export async function charts(answer, { period, amount, about }, names) {
  const { plot, barY, ruleY, text } = await import("./vendor/drawing.js");
  const groups = Map.groupBy(answer.rows.filter((r) => r[period] && r[amount]), (r) => r[about]?.value ?? "");
  const drawn = [...groups].filter(([, rows]) => rows.length > 1).slice(0, MOST_CHARTS);
  return make("div", { class: "reeksen" }, drawn.map(([iri, rows]) => {
    const bars = rows.map((r) => ({ period: literal(r[period]), amount: Number(r[amount].value), said: number(r[amount].value) }));
    const title = iri ? names.thing(iri).text : "Verloop";
    const svg = plot({
      width: 320, height: 210, marginTop: 24, marginLeft: 8, style: { background: "none", color: "currentColor", fontSize: "13px", fontFamily: "inherit" },
      x: { label: null, type: "band", tickSize: 0 },
      y: { axis: null, zero: true },
      marks: [
        barY(bars, { x: "period", y: "amount", fill: "var(--k-staaf)", inset: 4 }),
        text(bars, { x: "period", y: "amount", text: "said", dy: -9, fill: "currentColor" }),
        ruleY([0], { stroke: "currentColor" }),
      ],
    });
    for (const part of svg.querySelectorAll("[aria-label]")) part.removeAttribute("aria-label"); // one name says it all
    svg.setAttribute("role", "img");
    svg.setAttribute("aria-label", `${title}: ${bars.map((b) => `${b.period} ${b.said}`).join("; ")}. De as begint bij 0.`);
    return make("figure", { class: "grafiek" }, make("figcaption", {}, title), svg);
  }));
}

/** The things of an answer and the ties between them; nothing when there are no two in a row. */
export function ties({ kind, columns, rows }) {
  const found = new Map();
  const tie = (from, to, by) => from !== to && found.set(`${from} ${to}`, { source: from, target: to, by });
  for (const row of rows) {
    if (kind === "graph") {
      if (row.subject.type === "uri" && row.object.type === "uri") tie(row.subject.value, row.object.value, row.predicate.value);
      continue;
    }
    const things = columns.map((c) => row[c]).filter((t) => t?.type === "uri").map((t) => t.value);
    things.slice(1).forEach((thing, i) => tie(things[i], thing));
  }
  return [...found.values()];
}

/** The network of these ties: every thing a link, every tie a line. */
export async function network(links, names) {
  const ids = [...new Set(links.flatMap((l) => [l.source, l.target]))];
  if (ids.length > MOST_NODES) {
    return make("p", { class: "leeg" }, `Dit zijn ${ids.length} dingen, te veel om te tekenen. Maak een keuze, dan kan het wel.`);
  }
  const { forceSimulation, forceLink, forceManyBody, forceCollide, forceX, forceY } = await import("./vendor/drawing.js");
  const nodes = ids.map((id) => ({ id }));
  const edges = links.map((l) => ({ ...l }));
  forceSimulation(nodes)
    .force("tie", forceLink(edges).id((n) => n.id).distance(90))
    .force("apart", forceManyBody().strength(-260))
    .force("room", forceCollide(34))
    .force("x", forceX().strength(0.05))
    .force("y", forceY().strength(0.11))
    .stop()
    .tick(300);
  return drawing(nodes, edges, names);
}

function drawing(nodes, edges, names) {
  const xs = nodes.map((n) => n.x), ys = nodes.map((n) => n.y);
  const [wide, left] = room(xs, 100, WIDE);
  const [high, top] = room(ys, 40, HIGH);
  const box = [left, top, wide, high];
  const svg = svgOf("svg", { class: "netwerk", viewBox: box.map(Math.round).join(" "), role: "group",
    "aria-label": `Netwerk: ${nodes.length} dingen met ${edges.length} verbanden. Hetzelfde staat in de tabel.` });
  for (const { source, target, by } of edges) {
    const line = svgOf("line", { x1: source.x, y1: source.y, x2: target.x, y2: target.y });
    if (by) line.append(svgOf("title", {}, names.thing(by).text));
    svg.append(line);
  }
  for (const { id, x, y } of nodes) svg.append(node(names.thing(id), x, y));
  return make("div", { class: "tabel", role: "region", tabindex: "0", "aria-label": "Netwerk" }, svg);
}

// The room that these places take with this margin, at least so much, with the places in the middle.
function room(places, margin, least) {
  const [low, up] = [Math.min(...places), Math.max(...places)];
  const size = Math.max(up - low + 2 * margin, least);
  return [size, (low + up - size) / 2];
}

function node({ text, target }, x, y) {
  const dot = svgOf("circle", { cx: x, cy: y, r: 7 });
  const label = svgOf("text", { x, y: y + 22 }, text.length > 30 ? `${text.slice(0, 28)}…` : text);
  const whole = svgOf("title", {}, text);
  const linked = target && shown({ text, target }).href;
  return linked ? svgOf("a", { href: linked }, whole, dot, label) : svgOf("g", {}, whole, dot, label);
}

function svgOf(tag, attributes, ...children) {
  const made = document.createElementNS("http://www.w3.org/2000/svg", tag);
  for (const [name, value] of Object.entries(attributes)) made.setAttribute(name, typeof value === "number" ? Math.round(value) : value);
  made.append(...children);
  return made;
}
