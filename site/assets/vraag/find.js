// What is asked in, the questions and things that fit out: as fitting.py and find.py do it.
import { ASKING, EMPTY, Lexicon, stem, typed, words } from "./words.js";

const TITLE = 100, TEXT = 80, COLUMNS = 50, OTHER = 60, ABOUT = 30, TOPIC = 14, ASKED = 8, WHOLE = 120, WEAK = 55;
const YEARS = / \(([0-9-]+)\)$/;
const FILLS = 3, CLEAR = 58, SURE = 75, LITERAL = 700, MORE = 50, UNASKED = 82;
const SAME_QUESTION = 65, SAME_VALUE = 85, SAME_THING = 96, SAME_NAME = 90, LEAST = 30;

const whole = (one, other) => Math.floor(one / other);
const bits = (of, number) => whole(of, number).toString(2).length;
const count = (lists) => {
  const found = new Map();
  for (const list of lists) for (const one of new Set(list)) found.set(one, (found.get(one) ?? 0) + 1);
  return found;
};
const push = (map, key, value) => (map.has(key) ? map.get(key).push(value) : map.set(key, [value]));
const sum = (numbers) => numbers.reduce((a, b) => a + b, 0);

function stems(text) {
  const given = words(text);
  const said = given.filter((word) => !EMPTY.has(word));
  return [...new Set((said.length ? said : given).map(stem))];
}

function called([address, name, , others]) {
  const years = name.match(YEARS)?.[1];
  const at = address.replaceAll("#", "/").split("/").at(-1);
  return [name.replace(YEARS, ""), years && at.endsWith(`-${years}`) ? at.slice(0, -years.length - 1) : at, ...(others ? others.split("|") : [])];
}

class Fitting {
  constructor({ things, questions, rings }) {
    Object.assign(this, { things, questions });
    this.names = things.map((thing) => called(thing).map(stems));
    this.inNames = new Map();
    this.inAbout = new Map();
    this.names.forEach((names, at) => names.forEach((name, number) => name.forEach((one) => push(this.inNames, one, [at, number]))));
    things.forEach((thing, at) => thing[4].split(" ").filter(Boolean).forEach((one) => push(this.inAbout, one, at)));
    this.rare = new Map([...count(this.names.map((names) => names.flat()))].map(([one, n]) => [one, bits(things.length, n)]));
    this.asked = questions.map(([, text, said, columns]) => new Map([[columns, COLUMNS], [text, TEXT], [said, TITLE]].flatMap(([from, counts]) => stems(from).map((one) => [one, counts]))));
    const askable = count(this.asked.map((fields) => [...fields.keys()]));
    this.asks = new Map([...askable].map(([one, n]) => [one, whole(bits(questions.length, n) * (ASKING.has(one) ? ASKED : TOPIC), 10)]));
    this.lexicon = new Lexicon([...this.inNames.keys(), ...this.inAbout.keys(), ...askable.keys()], rings.map((ring) => ring.split(" ").map(stem)));
  }

  fits(given) {
    const named = new Map();
    const told = new Map();
    const at_ = (map, key) => map.get(key) ?? map.set(key, new Map()).get(key);
    given.forEach((one, at) => {
      if (one.asks) return;
      for (const [term, sure] of one.meant) {
        for (const [thing, name] of this.inNames.get(term) ?? []) at_(at_(at_(named, thing), name), at).set(term, sure);
        for (const thing of this.inAbout.get(term) ?? []) at_(told, thing).set(at, Math.max(told.get(thing).get(at) ?? 0, sure));
      }
    });
    const weights = given.map((one) => this.weight(one));
    const found = [...new Set([...named.keys(), ...told.keys()])].sort((a, b) => a - b);
    return found.map((thing) => this.fit(thing, named.get(thing) ?? new Map(), told.get(thing) ?? new Map(), weights));
  }

  fit(thing, named, told, weights) {
    let [best, used, covered] = [0, new Set(), 0];
    const surest = new Map();
    for (const name of [...named.keys()].sort((a, b) => a - b)) {
      let score = 0;
      const hit = new Map();
      for (const [at, terms] of named.get(name)) {
        const sure = Math.max(...terms.values());
        score += weights[at] * sure;
        surest.set(at, Math.max(surest.get(at) ?? 0, sure));
        for (const [term, value] of terms) hit.set(term, Math.max(hit.get(term) ?? 0, value));
      }
      const all = sum(this.names[thing][name].map((term) => this.rare.get(term)));
      const part = whole(sum([...hit].map(([term, sure]) => this.rare.get(term) * sure)), all);
      score = whole(score * (45 + whole(55 * part, 100)), 100);
      if (part === 100 && named.get(name).size === weights.length) score = whole(score * WHOLE, 100);
      if (score > best) {
        const strong = [...named.get(name)].filter(([, terms]) => Math.max(...terms.values()) > WEAK).map(([at]) => at);
        [best, used, covered] = [score, new Set(strong), part];
      }
    }
    weights.forEach((weight, at) => {
      if (!used.has(at)) best += weight * whole(Math.max((surest.get(at) ?? 0) * OTHER, (told.get(at) ?? 0) * ABOUT), 100);
    });
    return { thing, score: best, used, covered };
  }

  wants(question, given) {
    const fields = this.asked[question];
    return given.map(({ meant }) => {
      let value = 0;
      for (const [term, sure] of meant) if (fields.has(term)) value = Math.max(value, whole(this.asks.get(term) * sure * fields.get(term), 100));
      return value;
    });
  }

  weight(one) {
    if (this.rare.has(one.stem)) return this.rare.get(one.stem);
    const sure = Math.max(0, ...one.meant.values());
    const found = [...one.meant].filter(([, value]) => value === sure).map(([term]) => this.rare.get(term) ?? 4);
    return found.length ? Math.min(...found) : 0;
  }
}

function question([name, label, , , parameters], wants, given, fits, { kinds, things }) {
  const topics = given.map((_, place) => place).filter((place) => wants[place] && !given[place].asks);
  const best = new Map([["", { kind: "vraag", id: name, label, values: {}, score: sum(wants) }]]);
  for (const filled of fillings(parameters, given, fits, kinds, things)) {
    const own = sum(wants.filter((_, place) => filled.used.has(place)));
    const rest = sum(wants) - own;
    const beyond = topics.some((place) => !filled.used.has(place));
    if (!(filled.strict ? beyond : filled.pages || topics.length)) continue;
    let score = Math.max(filled.score, own) + rest;
    if (beyond || own || !filled.pages) score += MORE;
    else if (!rest) score = whole(score * UNASKED, 100);
    const entries = parameters.map(([p]) => [p, filled.values[p]]).filter(([, value]) => value !== undefined);
    const key = JSON.stringify(entries);
    if (!best.has(key) || best.get(key).score < score) best.set(key, { kind: "vraag", id: name, label, values: Object.fromEntries(entries), score });
  }
  return [...best.values()];
}

const apart = (one, other) => ![...one].some((place) => other.has(place));

function* fillings(parameters, given, fits, kinds, things) {
  const all = parameters.map(([name, kind]) => valuesOf(name, kind, given, fits, kinds, things));
  for (const [first, found] of all.entries()) {
    for (const filled of found.slice(0, FILLS)) {
      let both = filled;
      for (const [at, other] of all.entries()) {
        const free = at === first ? undefined : other.find((v) => v.used.size && apart(v.used, both.used));
        if (free) both = { values: { ...both.values, ...free.values }, score: both.score + free.score, used: new Set([...both.used, ...free.used]), pages: both.pages && free.pages, strict: both.strict || free.strict };
      }
      yield both;
    }
  }
}

function valuesOf(parameter, kind, given, fits, kinds, things) {
  const at = kinds.indexOf(kind);
  const found = [];
  for (const fit of fits) {
    const [address, , of, , , counts] = things[fit.thing];
    if (!of.includes(at) || fit.covered < (address.includes("#") ? SURE : CLEAR)) continue;
    const asked = [...fit.used].some((place) => given[place].stem === stem(parameter));
    found.push({ values: { [parameter]: address }, score: whole(fit.score * (counts || 100), 100), used: fit.used, pages: kind.includes(":") && counts > 0, strict: !asked && (!kind.includes(":") || address.includes("#")) });
  }
  given.forEach((one, place) => {
    if (one.literal !== kind) return;
    const used = new Set([place]);
    if (kind === "integer") {
      if (!place || given[place - 1].stem !== stem(parameter)) return;
      used.add(place - 1);
    }
    found.push({ values: { [parameter]: one.word }, score: LITERAL * used.size, used, pages: false, strict: false });
  });
  return found.sort((a, b) => b.score - a.score);
}

function varied(hits, limit) {
  let left = hits;
  const found = [];
  while (left.length && found.length < limit) {
    let at = 0;
    left.forEach((hit, i) => { if (hit.score > left[at].score) at = i; });
    const best = left[at];
    if (found.length && best.score * 100 < found[0].score * LEAST) break;
    found.push(best);
    left = left.filter((_, i) => i !== at).map((hit) => ({ ...hit, score: whole(hit.score * alike(hit, best), 100) }));
  }
  return found;
}

function alike(hit, best) {
  if (hit.kind === best.kind && hit.id === best.id) return SAME_QUESTION;
  if (hit.kind === "ding" && best.kind === "ding") return hit.label === best.label ? SAME_NAME : 100;
  if (apart(about(hit), about(best))) return 100;
  return hit.kind === best.kind ? SAME_VALUE : SAME_THING;
}

const about = ({ kind, id, values }) => new Set(kind === "ding" ? [id] : Object.values(values));

// A function of a text and a limit: the hits, best first.
export function finder({ find }) {
  const fitting = new Fitting(find);
  return (text, limit = 10) => {
    const given = typed(text, fitting.lexicon);
    const fits = fitting.fits(given);
    const things = fits.map((fit) => ({ fit, thing: find.things[fit.thing] })).filter(({ thing }) => thing[5]);
    const hits = things.map(({ fit, thing: [id, label, , , , counts] }) => ({ kind: "ding", id, label, values: {}, score: whole(fit.score * counts, 100) }));
    find.questions.forEach((one, at) => hits.push(...question(one, fitting.wants(at, given), given, fits, find)));
    return varied(hits.filter((hit) => hit.score > 0), limit);
  };
}
