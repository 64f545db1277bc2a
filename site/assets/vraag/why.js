// Why a row of an answer holds: the derived statements between its things, down to the passage.
import { json } from "./bytes.js";
import { make, shown } from "./dom.js";

const OUR = "https://w3id.org/kadernota/def#";

export class Why {
  #names;
  #derived;
  #reasons;

  constructor(names) {
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
      if (more === undefined || !p.startsWith(OUR)) continue;
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
  explained(keys) {
    return make("ul", { class: "reden" }, keys.map((key) => this.#item(key)));
  }

  #item(key) {
    const [s, p, o] = key.split(" ").map((iri) => this.#names.thing(iri));
    const said = [shown(s), ` – ${p.text} – `, shown(o)];
    const reason = this.#reasons[key] ?? [];
    if (Array.isArray(reason)) return make("li", {}, said, this.#passages(reason)); // people stated it
    const rule = `Regel: ${reason.rule}${reason.axiom ? ` (${reason.axiom})` : ""}`;
    return make("li", {}, said, ", want:", make("ul", {}, reason.because.map((k) => this.#item(k))), make("small", {}, rule));
  }

  #passages(found) {
    if (!found.length) return undefined;
    const links = found.flatMap((iri, i) => [i ? ", " : "", shown(this.#names.thing(iri))]);
    return make("small", {}, " In de tekst: ", links);
  }
}
