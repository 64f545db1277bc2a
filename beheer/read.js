// The canonical YAML of one thing in, what a form in the browser edits out.
//
// It reads only what `write.js` writes: a text that would not come back to the byte is refused, so
// that saving a form never loses what the form cannot show. The parts of a thing, in YAML a mapping
// by name, become a list in which each has its name; comments go along in a field that is not shown.

import { COMMENTS, NAME, write } from "./write.js";

const UNCANONICAL = "Zet dit bestand eerst met 'kadernota fix' in de vaste vorm.";

/** The values of a thing, for the fields of its form (see `cms.py`). */
export function read(text, fields) {
  const reader = new Reader(text.trimEnd().split("\n"));
  const entry = reader.table(fields, 0, "");
  if (reader.at < reader.lines.length) throw new Error(UNCANONICAL);
  if (Object.keys(reader.said).length) entry[COMMENTS] = JSON.stringify(reader.said);
  if (write(entry, fields) !== `${text.trimEnd()}\n`) throw new Error(UNCANONICAL);
  return entry;
}

class Reader {
  constructor(lines) {
    this.lines = lines;
    this.at = 0;
    this.said = {};
    const empty = lines.findIndex((line) => line === "");
    if (empty > 0 && lines.slice(0, empty).every((line) => line.startsWith("#"))) {
      this.said.heading = lines.slice(0, empty);
      this.at = empty + 1;
    }
  }

  /** The entries of a mapping; `take` reads the value of each and says where its comments go. */
  entries(depth, path, take) {
    for (;;) {
      const comments = this.comments(depth, `closing ${path}`);
      const line = this.lines[this.at];
      if (line === undefined || indent(line) !== depth) return;
      const found = /^([a-z0-9][a-z0-9-]*):(?: (.+))?$/.exec(line.slice(depth));
      if (!found) throw new Error(UNCANONICAL);
      this.at += 1;
      if (comments.length) this.said[`above ${path}${found[1]}`] = comments;
      take(found[1], found[2]);
    }
  }

  /** The comments above the next line; those that stand deeper close the block before it. */
  comments(depth, closing) {
    const found = [];
    while (/^ *#/.test(this.lines[this.at] ?? "") && indent(this.lines[this.at]) >= depth) {
      found.push(this.lines[this.at].slice(depth));
      this.at += 1;
    }
    if (found.length && indent(this.lines[this.at] ?? "") !== (this.at in this.lines ? depth : -1)) {
      this.said[closing] = found;
      return [];
    }
    return found;
  }

  table(fields, depth, path) {
    const entry = {};
    this.entries(depth, path, (key, rest) => {
      const field = fields.find((known) => known.key === key);
      if (!field) throw new Error(`Wijzig dit bestand niet hier: het formulier kent '${key}:' niet.`);
      if (key in entry) throw new Error(UNCANONICAL);
      entry[key] = field.parts
        ? this.parts(field, depth + 2, `${path}${key}/`, rest)
        : this.values(field, rest, depth, `${path}${key}/`);
    });
    return entry;
  }

  parts(field, depth, path, rest) {
    if (rest !== undefined) throw new Error(UNCANONICAL);
    const parts = [];
    this.entries(depth, path, (name, more) => {
      if (more !== undefined) throw new Error(UNCANONICAL);
      parts.push({ [NAME]: name, ...this.table(field.parts, depth + 2, `${path}${name}/`) });
    });
    return parts;
  }

  values(field, rest, depth, path) {
    const values = rest === undefined ? this.items(depth + 2, path) : [this.value(rest, depth)];
    if (field.many) return values;
    if (values.length !== 1) throw new Error(UNCANONICAL);
    return values[0];
  }

  items(depth, path) {
    const items = [];
    for (;;) {
      const comments = this.comments(depth, `closing ${path}`);
      const line = this.lines[this.at];
      if (line === undefined || indent(line) !== depth) return items;
      if (!line.startsWith("- ", depth)) throw new Error(UNCANONICAL);
      this.at += 1;
      const item = this.value(line.slice(depth + 2), depth);
      if (comments.length) this.said[`above ${path}${item}`] = comments;
      items.push(item);
    }
  }

  value(rest, depth) {
    if (rest === "|" || rest === "|2") return this.block(depth + 2);
    return rest.startsWith('"') ? quoted(rest) : rest;
  }

  block(depth) {
    const lines = [];
    for (; this.at < this.lines.length; this.at += 1) {
      const line = this.lines[this.at];
      if (line !== "" && indent(line) < depth) break;
      lines.push(line.slice(depth));
    }
    return lines.join("\n");
  }
}

function indent(line) {
  return line.length - line.trimStart().length;
}

function quoted(text) {
  try {
    return JSON.parse(text);
  } catch {
    throw new Error(UNCANONICAL);
  }
}
