// The store. It runs beside the page, so that a long question never freezes it and can be stopped.
import init, { Store } from "./vendor/oxigraph.js";
import { unpacked } from "./bytes.js";

const TABLE = "application/sparql-results+json";
const FILES = { csv: "text/csv", json: TABLE, nt: "application/n-triples" };
const WARM = "SELECT DISTINCT ?a ?b (COUNT(*) AS ?n) { ?a a ?b . OPTIONAL { ?a ?c ?d FILTER (isLiteral(?d)) } } GROUP BY ?a ?b ORDER BY ?n LIMIT 9";
let store;

async function open({ wasm, data, holds }) {
  const [program, quads] = await Promise.all([unpacked(wasm), unpacked(data)]);
  await init({ module_or_path: program });
  store = new Store();
  store.load(quads, { format: "application/trig", lenient: true, no_transaction: true });
  // What holds is asked for without naming a graph; where it comes from is asked for with GRAPH.
  for (const graph of holds) store.update(`ADD <${graph}> TO DEFAULT`);
  // The first questions are slower than all later ones: let these not be the reader's.
  for (let i = 0; i < 3; i += 1) store.query(WARM, { results_format: TABLE });
  return { size: store.size };
}

function ask({ sparql, most }) {
  const begun = performance.now();
  const found = run(sparql);
  const took = performance.now() - begun;
  if (found.boolean !== undefined) return { kind: "yes", yes: found.boolean, took };
  const kind = found.head ? "table" : "graph";
  const rows = found.head ? found.results.bindings : found.triples;
  return { kind, columns: found.head?.vars, rows: rows.slice(0, most), total: rows.length, took };
}

function run(sparql) {
  try {
    return JSON.parse(store.query(sparql, { results_format: TABLE }));
  } catch (error) {
    if (!String(error.message).startsWith("Not supported RDF format")) throw error;
    return { triples: store.query(sparql).map(triple) }; // a question that asks for statements
  }
}

function triple(quad) {
  return { subject: term(quad.subject), predicate: term(quad.predicate), object: term(quad.object) };
}

function term({ termType, value, language, datatype }) {
  if (termType === "NamedNode") return { type: "uri", value };
  if (termType === "BlankNode") return { type: "bnode", value };
  const typed = language ? { "xml:lang": language } : { datatype: datatype?.value };
  return { type: "literal", value: value ?? "", ...typed };
}

function file({ sparql, form }) {
  try {
    return { text: store.query(sparql, { results_format: FILES[form] }) };
  } catch (error) {
    if (!String(error.message).startsWith("Not supported RDF format")) throw error;
    return { text: store.query(sparql, { results_format: FILES.nt }), form: "nt" };
  }
}

const ACTIONS = { open, ask, file };

addEventListener("message", async ({ data: { id, action, ...given } }) => {
  try {
    postMessage({ id, ...(await ACTIONS[action](given)) });
  } catch (error) {
    // A question that is nested too deep takes the program with it: then there must be a new one.
    const broken = error instanceof WebAssembly.RuntimeError || error instanceof RangeError;
    postMessage({ id, error: String(error?.message ?? error), broken });
  }
});
