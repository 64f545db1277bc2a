// Terms in, what a reader sees out: a name, a place on the site, Dutch notation.
const XSD = "http://www.w3.org/2001/XMLSchema#";
const MONTHS = "januari februari maart april mei juni juli augustus september oktober november december".split(" ");
const UNITS = { Y: ["jaar", "jaar"], M: ["maand", "maanden"], W: ["week", "weken"], D: ["dag", "dagen"], H: ["uur", "uur"] };

const NOTATION = { decimal: number, date, duration, boolean: (text) => (["true", "1"].includes(text) ? "ja" : "nee") };

/** How each term is shown: {text, target}; the target is a place in the site or https. */
export class Names {
  constructor({ base, lists, names, moved }) {
    Object.assign(this, { base, lists, names, moved });
  }

  value(term) {
    if (!term) return { text: "", target: "" };
    if (term.type === "literal") return { text: literal(term), target: "" };
    if (term.type !== "uri") return { text: spoken(term), target: "" };
    return this.thing(term.value);
  }

  thing(iri) {
    const short = this.short(iri);
    const [text, target] = Object.hasOwn(this.names, short) ? this.names[short] : [iri];
    if (target !== undefined) return { text, target };
    if (text !== iri) return { text, target: place(short) };
    return { text, target: /^https:\/\//.test(iri) ? iri : "" };
  }

  short(iri) {
    return iri.startsWith(this.base) ? iri.slice(this.base.length) : iri;
  }

  /** What stands in an address: without what all addresses begin with. */
  written(iri) {
    const short = this.short(iri);
    return short.startsWith(this.lists) ? short.slice(this.lists.length) : short;
  }

  /** The address that a thing has now, of one that it may have had before. */
  now(text) {
    return Object.hasOwn(this.moved, text) ? this.moved[text] : text;
  }

  /** The IRI that is written so, if it is one of these. */
  among(text, iris) {
    return iris.find((iri) => iri === text || this.written(iri) === text);
  }
}

function place(address) {
  const [page, anchor = ""] = address.split(/#(.*)/s);
  return address.includes("#") ? `${page}/#${anchor}` : `${page}/`;
}

export function literal({ value, datatype = "" }) {
  return datatype.startsWith(XSD) ? (NOTATION[datatype.slice(XSD.length)]?.(value) ?? value) : value;
}

function spoken(term) {
  if (term.type === "bnode") return `_:${term.value}`;
  const { subject, predicate, object } = term.value;
  return [subject, predicate, object].map((t) => t.value).join(" ");
}

export function number(text) {
  const [whole, part] = text.replace(/^[+-]/, "").split(".");
  const grouped = (whole || "0").replace(/^0+(?=\d)/, "").replace(/\B(?=(\d{3})+$)/g, ".");
  return (text.startsWith("-") ? "-" : "") + grouped + (part ? `,${part}` : "");
}

function date(text) {
  const [year, month, day] = text.slice(0, 10).split("-");
  return `${Number(day)} ${MONTHS[Number(month) - 1]} ${year}`;
}

function duration(text) {
  return [...text.matchAll(/(\d+)([YMWDH])/g)]
    .map(([, count, sign]) => `${count} ${UNITS[sign][count === "1" ? 0 : 1]}`)
    .join(" en ");
}

/** The value as it stands in SPARQL; nothing of what is written can get out of it. */
export function written({ iri, text, datatype }) {
  if (iri) return `<${iri}>`;
  const safe = text.replace(/[\\"\n\r]/g, (c) => ({ "\\": "\\\\", '"': '\\"', "\n": "\\n", "\r": "\\r" })[c]);
  return `"${safe}"^^<${datatype}>`;
}
