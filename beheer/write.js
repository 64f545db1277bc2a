// What a form in the browser edited in, the canonical YAML of one thing out.
//
// It writes what `canonical.py` writes, to the byte (tested on all data), and refuses, in Dutch, what
// would not be one thing: a part without a name of its own, a value that stands there twice.

import { LAST, natural, sorted, tidy, visible } from "./text.js";

export const NAME = "onderdeel";
export const COMMENTS = "opmerkingen";

const SLUG = /^[a-z0-9]+(?:-[a-z0-9]+)*$/;
// What YAML would not read as this text, or not as a value.
const SPECIAL =
  /^(?:[,[\]{}#&*!|>'"%@`\s]|[-?:](?: |$)|---|\.\.\.|.*(?:: | #|[:\s]$))/u;

/** The canonical text of these values; refuses, in Dutch, what would not be one thing. */
export function write(entry, fields) {
  const writer = new Writer(JSON.parse(entry[COMMENTS] || "{}"));
  writer.table(entry, fields, "", "");
  return writer.text();
}

class Writer {
  constructor(said) {
    this.said = said;
    this.lines = [];
    this.names = new Set();
  }

  text() {
    const { heading, ...rest } = this.said;
    // What these were about is gone or has another name.
    const lost = Object.values(rest).flat();
    return [...(heading ? [...heading, ""] : []), ...this.lines, ...lost, ""].join("\n");
  }

  table(entry, fields, pad, path) {
    for (const field of fields) {
      const values = filled(entry[field.key]);
      if (!values.length) continue;
      if (field.parts) this.parts(field, values, pad, `${path}${field.key}`);
      else this.values(field, values, pad, `${path}${field.key}`);
    }
    this.say(`closing ${path}`, pad);
  }

  parts(field, parts, pad, path) {
    this.say(`above ${path}`, pad);
    this.lines.push(`${pad}${field.key}:`);
    for (const part of inOrder(parts, field.number)) {
      const name = this.named(part);
      this.say(`above ${path}/${name}`, `${pad}  `);
      const head = this.lines.push(`${pad}  ${name}:`);
      this.table(part, field.parts, `${pad}    `, `${path}/${name}/`);
      if (this.lines.length === head) throw new Error(`Vul onderdeel '${name}' in, of haal het weg.`);
    }
    this.say(`closing ${path}/`, `${pad}  `);
  }

  named(part) {
    const name = tidy(part[NAME] ?? "");
    if (!SLUG.test(name)) {
      throw new Error(`Noem elk onderdeel met kleine letters, cijfers en streepjes; niet '${name}'.`);
    }
    if (this.names.has(name)) {
      throw new Error(`Geef dit onderdeel een eigen naam: '${name}' staat er al.`);
    }
    this.names.add(name);
    return name;
  }

  values(field, values, pad, path) {
    const texts = values.map((value) => visible(tidy(value), field.key));
    const twice = texts.find((text, nth) => texts.indexOf(text) < nth);
    if (twice) throw new Error(`Haal '${twice}' bij '${field.key}' weg: het staat er al.`);
    this.say(`above ${path}`, pad);
    if (texts.length === 1) {
      this.say(`above ${path}/${texts[0]}`, pad);
      this.say(`closing ${path}/`, pad);
      this.value(`${pad}${field.key}:`, texts[0], pad);
      return;
    }
    this.lines.push(`${pad}${field.key}:`);
    for (const text of sorted(texts, natural)) {
      this.say(`above ${path}/${text}`, `${pad}  `);
      this.value(`${pad}  -`, text, `${pad}  `);
    }
    this.say(`closing ${path}/`, `${pad}  `);
  }

  value(head, text, pad) {
    if (!text.includes("\n")) {
      this.lines.push(`${head} ${SPECIAL.test(text) ? JSON.stringify(text) : text}`);
      return;
    }
    this.lines.push(text.startsWith(" ") ? `${head} |2` : `${head} |`);
    for (const line of text.split("\n")) this.lines.push(line && `${pad}  ${line}`);
  }

  say(about, pad) {
    for (const comment of this.said[about] ?? []) this.lines.push(pad + comment);
    delete this.said[about];
  }
}

/** What there is of a value: one, several, or none when it is empty. */
function filled(value) {
  const values = Array.isArray(value) ? value : [value ?? ""];
  return values.filter((one) => (typeof one === "object" ? one : tidy(one)));
}

/** Parts by their number, those without one after the others, and then by their name. */
function inOrder(parts, number) {
  const text = (part, key) => tidy(part[key] ?? "");
  return sorted(parts, (part) => [
    ...natural(text(part, number) || LAST),
    ...natural(text(part, NAME)),
  ]);
}
