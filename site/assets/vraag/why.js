// Why a row of an answer holds: the derived statements between its things, down to the passage.
import { json } from "./bytes.js";
import { make, shown } from "./dom.js";

const OUR = "https://w3id.org/kadernota/def#";
const SOURCE = "http://purl.org/dc/terms/source";

export class Why {
  #asker;
  #names;
  #derived;
  #reasons;

  constructor(asker, names) {
    this.#asker = asker;
    this.#names = names;
  }

  /** The derived statements whose two ends both stand in this row. */
  async of(things) {
    const derived = await (this.#derived ??= this.#load());
    const ends = [...things];
    return ends.flatMap((s) => ends.flatMap((o) => derived.get(`${s} ${o}`) ?? []));
  }

  async #load() {
    const found = await json(new URL("waarom.json.gz", import.meta.url));
    this.#reasons = found;
    const derived = new Map();
    for (const [key, { more }] of Object.entries(found)) {
      const [s, p, o] = key.split(" ");
      if (!p.startsWith(OUR)) continue;
      const pair = derived.get(`${s} ${o}`) ?? [];
      derived.set(`${s} ${o}`, [...pair, { key, more }]);
    }
    // What only says another statement in other words, is left out when that one is there.
    return new Map([...derived].map(([pair, all]) => {
      const telling = all.filter(({ more }) => more);
      return [pair, (telling.length ? telling : all).map(({ key }) => key)];
    }));
  }

  /** The reasons for these statements, as a list in a list. */
  async explained(keys) {
    await this.#derived;
    const leaves = new Set();
    keys.forEach((key) => this.#gather(key, leaves));
    const passages = await this.#passages([...leaves].map((key) => key.split(" ")[0]));
    return make("ul", { class: "reden" }, keys.map((key) => this.#item(key, passages)));
  }

  #gather(key, leaves) {
    const because = this.#reasons[key]?.because;
    if (because) because.forEach((k) => this.#gather(k, leaves));
    else leaves.add(key);
  }

  async #passages(subjects) {
    const asked = [...new Set(subjects.flatMap((s) => [s, s.split("#")[0]]))].map((s) => `<${s}>`);
    const sparql = `SELECT ?s ?passage { VALUES ?s { ${asked.join(" ")} } ?s <${SOURCE}> ?passage } ORDER BY ?passage`;
    const { rows } = await this.#asker.ask(sparql);
    const found = new Map();
    for (const row of rows) found.set(row.s.value, [...(found.get(row.s.value) ?? []), row.passage.value]);
    return found;
  }

  #item(key, passages) {
    const [s, p, o] = key.split(" ").map((iri) => this.#names.thing(iri));
    const said = [shown(s), ` – ${p.text} – `, shown(o)];
    const reason = this.#reasons[key];
    if (!reason) return make("li", {}, said, this.#place(key.split(" ")[0], passages));
    const rule = `Regel: ${reason.rule}${reason.axiom ? ` (${reason.axiom})` : ""}`;
    return make("li", {}, said, ", want:",
      make("ul", {}, reason.because.map((k) => this.#item(k, passages))), make("small", {}, rule));
  }

  #place(subject, passages) {
    const found = passages.get(subject) ?? passages.get(subject.split("#")[0]) ?? [];
    if (!found.length) return undefined;
    const links = found.flatMap((iri, i) => [i ? ", " : "", shown(this.#names.thing(iri))]);
    return make("small", {}, " In de tekst: ", links);
  }
}
