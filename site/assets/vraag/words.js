// Text in, its words and what each can mean out: as spelling.py, lexicon.py and phrase.py do it.
const SOUNDS = [["sch", "sg"], ["ch", "g"], ["ij", "y"], ["ei", "y"], ["ou", "au"], ["ie", "i"], ["ck", "k"], ["qu", "kw"], ["ph", "f"], ["th", "t"], ["dt", "t"], ["c", "k"], ["z", "s"], ["v", "f"], ["x", "ks"]];
const EXACT = 100, RING = 80, HEARD = 88, JOINED = 95, LIKELY = 70, PART = 40, SHORTEST = 4, LONGEST = 24;
export const EMPTY = new Set(`de het een en of van in op te bij aan met voor door over om tot uit naar als er dat dit die
  deze dan nog ook wel eigenlijk nou nu maar is zijn was waren ben bent wordt worden werd heeft
  hebben had hebt ik je jij u uw mijn ons onze we wij zij ze hij jullie men hun zich gaat gaan
  zo heel toch even graag mij me iets allemaal alle al steeds hier daar eens s t m zou zullen zal
  komt komen per want hem haar jou jouw den der ter ten`.split(/\s+/));
export const ASKING = new Set(`wie wat waar wanneer waarom welke welk hoe hoeveel hoelang mag mogen kan kunnen moet moeten
  doet doen waarop waarover waaraan waarvoor`.split(/\s+/));
const MONTHS = "januari februari maart april mei juni juli augustus september oktober november december".split(" ");
const SPOKEN = new RegExp(`(?<![0-9A-Za-z_])([0-9]{1,2}) (${MONTHS.join("|")}) ([0-9]{4})(?![0-9A-Za-z_])`, "gi");
const CAPITALS = /(?<![0-9A-Za-z_])[A-Z]{2,4}(?![0-9A-Za-z_])/g;
const DAY = /(?<![0-9A-Za-z_])([0-9]{4})-([0-9]{2})-([0-9]{2})(?![0-9A-Za-z_])/g;

export const words = (text) => text.normalize("NFD").toLowerCase().replace(/[\u0300-\u036f'’`]/g, "").match(/[a-z0-9]+/g) ?? [];

const single = (word) => (word.length > 3 && word.at(-1) === "s" && !"eiujs".includes(word.at(-2)) ? word.slice(0, -1) : word);
const without = (word, end, left) => (word.endsWith(end) && word.length - end.length >= left ? word.slice(0, -end.length) : "");
const hard = (word) => word.slice(0, -1) + ({ z: "s", v: "f" }[word.at(-1)] ?? word.at(-1));
const once = (word) => word.replace(/([a-z])\1+/g, "$1");
const plain = (word) => once(single(word));

export function stem(word) {
  if (word.length < 4 || !/^[a-z]+$/.test(word)) return word;
  let found = single(word);
  found = single(hard(without(found, "en", 3) || without(found, "e", 3) || found));
  found = without(found, "ing", 4) || without(found, "er", 5) || found;
  if (found.length > 3 && found.at(-1) === "t" && "fgklmnpr".includes(found.at(-2))) found = found.slice(0, -1);
  return once(hard(found));
}

function sound(found) {
  for (const [written, heard] of SOUNDS) found = found.replaceAll(written, heard);
  return once(found.endsWith("d") ? found.slice(0, -1) + "t" : found);
}

function distance(one, other, most) {
  if (Math.abs(one.length - other.length) > most) return most + 1;
  let before = [];
  let last = Array.from({ length: other.length + 1 }, (_, at) => at);
  for (let i = 1; i <= one.length; i += 1) {
    const row = [i];
    for (let j = 1; j <= other.length; j += 1) {
      const [a, b] = [one[i - 1], other[j - 1]];
      let cost = Math.min(last[j] + 1, row[j - 1] + 1, last[j - 1] + (a === b ? 0 : 1));
      if (i > 1 && j > 1 && a === other[j - 2] && one[i - 2] === b) cost = Math.min(cost, before[j - 2] + 1);
      row.push(cost);
    }
    if (Math.min(...row) > most) return most + 1;
    [before, last] = [last, row];
  }
  return Math.min(last.at(-1), most + 1);
}

function part(own, typed, one) {
  let best = 0;
  const short = one.length === SHORTEST - 1 ? one + "en" : one;
  for (const piece of [own, typed]) {
    if (piece.length >= SHORTEST && (one.startsWith(piece) || one.endsWith(piece))) best = Math.max(best, 40 + Math.floor((45 * piece.length) / one.length));
    if (short.length >= SHORTEST && (piece.startsWith(short) || piece.endsWith(short))) best = Math.max(best, 30 + Math.floor((50 * short.length) / piece.length));
  }
  return best;
}

export class Lexicon {
  constructor(stems, rings) {
    this.known = new Set(stems);
    this.sounds = new Map([...this.known].map((one) => [one, sound(one)]));
    this.rings = new Map();
    for (const ring of rings) for (const one of ring) this.rings.set(one, [...(this.rings.get(one) ?? []), ...ring.filter((other) => other !== one)]);
  }

  meant(word) {
    const own = stem(word);
    const found = new Map();
    const surer = (one, sure) => found.set(one, Math.max(found.get(one) ?? 0, sure));
    if (this.known.has(own)) found.set(own, EXACT);
    if (/^[0-9]+$/.test(word)) return found;
    for (const other of this.rings.get(own) ?? []) if (this.known.has(other)) surer(other, RING);
    const typed = plain(word);
    for (const one of this.known) {
      const sure = one === own ? 0 : part(own, typed, one);
      if (sure) surer(one, sure);
    }
    if (!this.known.has(own) && !this.rings.has(own)) {
      const near = this.near(own);
      if (Math.max(0, ...near.values()) >= LIKELY) for (const [one, sure] of found) found.set(one, Math.min(sure, PART));
      for (const [one, sure] of near) surer(one, sure);
    }
    return found;
  }

  near(own) {
    const found = new Map();
    const heard = sound(own);
    const most = heard.length < SHORTEST ? 0 : heard.length < 9 ? 1 : 2;
    for (const [one, other] of this.sounds) {
      if (heard[0] !== other[0] && most !== 2) continue;
      const wrong = distance(heard, other, most);
      if (wrong <= most) found.set(one, HEARD - wrong * (heard.length < 7 ? 18 : 13));
    }
    return found;
  }
}

export function typed(text, lexicon) {
  const found = [...split(text)];
  const loud = text === text.toUpperCase() ? [] : (text.match(CAPITALS) ?? []).map((one) => one.toLowerCase());
  const telling = found.filter((one) => !EMPTY.has(one.word) || loud.includes(one.word));
  const given = (telling.length ? telling : found).slice(0, LONGEST);
  for (const one of given) if (one.literal !== "date") one.meant = lexicon.meant(one.word);
  for (let at = 0; at + 1 < given.length; at += 1) {
    const both = stem(given[at].word + given[at + 1].word);
    if (lexicon.known.has(both) && both.length > given[at].stem.length) for (const one of [given[at], given[at + 1]]) one.meant.set(both, JOINED);
  }
  return given;
}

function* split(text) {
  let at = 0;
  const spoken = text.replace(SPOKEN, (_, day, month, year) => `${year}-${String(MONTHS.indexOf(month.toLowerCase()) + 1).padStart(2, "0")}-${String(Number(day)).padStart(2, "0")}`);
  for (const day of spoken.matchAll(DAY)) {
    yield* words(spoken.slice(at, day.index)).map(single_);
    const month = day[2] === "00" ? [] : MONTHS.slice(Number(day[2]) - 1, Number(day[2]));
    const parts = [day[1], day[2], day[3], String(Number(day[3])), ...month.map(stem)];
    yield { word: day[0], stem: day[0], meant: new Map(parts.map((one) => [one, EXACT])), asks: false, literal: "date" };
    at = day.index + day[0].length;
  }
  yield* words(spoken.slice(at)).map(single_);
}

function single_(word) {
  const digits = /^[0-9]+$/.test(word);
  const literal = digits && word.length === 4 && ["19", "20"].includes(word.slice(0, 2)) ? "gYear" : digits && word.length < 4 ? "integer" : "";
  return { word, stem: stem(word), meant: new Map(), asks: ASKING.has(word), literal };
}
