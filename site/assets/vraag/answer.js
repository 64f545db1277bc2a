// An answer in, what the reader sees of it out: table, why, pictures, downloads.
import { make, shown } from "./dom.js";
import { charts, network, series, ties } from "./picture.js";
import { table } from "./table.js";

const FIRST = 200; // rows; the rest on request
const LISTED = 18; // values in one cell; the rest on request

export class AnswerView {
  constructor(asker, names, why) {
    Object.assign(this, { asker, names, why });
  }

  /** Everything about this answer; `question` is none for free SPARQL. */
  show(answer, sparql, question) {
    const said = this.#said(answer);
    if (answer.kind === "yes") return [said, make("p", { class: "ja-nee" }, answer.yes ? "Ja" : "Nee")];
    if (!answer.rows.length) {
      return [said, make("p", {}, "Het antwoord is leeg: niets in de gegevens past bij deze vraag.")];
    }
    const made = answer.kind === "graph" ? this.#statements(answer) : table(answer, question, this.names);
    return [said, this.#given(made), this.#series(answer), this.#table(made), this.#network(answer), this.#files(sparql, question)];
  }

  #said({ kind, total, took, rows }) {
    const what = kind === "yes" ? "Antwoord" : kind === "graph" ? (total === 1 ? "1 uitspraak" : `${total} uitspraken`) : total === 1 ? "1 rij" : `${total} rijen`;
    const part = rows && rows.length < total ? `, hier de eerste ${rows.length}; alles staat in het CSV-bestand` : "";
    return make("p", { class: "gevonden" }, `${what}${part} (${Math.max(1, Math.round(took))} ms).`);
  }

  #statements({ rows }) {
    const cells = (row) => [row.subject, row.predicate, row.object].map((t) => [this.names.value(t)]);
    const things = (row) => new Set([row.subject, row.object].filter((t) => t.type === "uri").map((t) => t.value));
    return { columns: ["Onderwerp", "Eigenschap", "Waarde"], given: [], rows: rows.map((r) => ({ cells: cells(r), things: things(r) })) };
  }

  #given({ given }) {
    return given.map(([what, value]) => make("p", { class: "ingevuld" }, `Ingevuld: ${what.toLowerCase()} is `, make("strong", {}, value), "."));
  }

  #table({ columns, rows }) {
    const body = make("tbody");
    const more = (from, to) => body.append(...rows.slice(from, to).map((row) => this.#row(row, columns.length)));
    more(0, FIRST);
    const caption = make("caption", { id: "antwoord-tabel" }, "Antwoord");
    const head = make("thead", {}, make("tr", {}, columns.map((c) => make("th", { scope: "col" }, c)), make("td", {}, "")));
    const box = make("div", { class: "tabel", role: "region", "aria-labelledby": "antwoord-tabel", tabindex: "0" },
      make("table", { class: "gewoon" }, caption, head, body));
    if (rows.length <= FIRST) return box;
    const rest = make("button", { type: "button", onclick: () => (more(FIRST), rest.remove()) }, `Toon alle ${rows.length} rijen`);
    return make("div", {}, box, rest);
  }

  #row({ cells, things }, wide) {
    const row = make("tr", {}, cells.map((cell) => make("td", {}, values(cell))));
    const last = make("td", { class: "waarom" });
    row.append(last);
    this.why.of(things).then((keys) => {
      if (!keys.length) return;
      const button = make("button", { type: "button", "aria-expanded": "false" }, "Waarom?");
      let told;
      button.addEventListener("click", () => {
        told ??= make("tr", { class: "waarom-uitleg" }, make("td", { colspan: wide + 1 }, this.why.explained(keys)));
        const open = button.getAttribute("aria-expanded") !== "true";
        button.setAttribute("aria-expanded", String(open));
        if (open) row.after(told);
        else told.remove();
      });
      last.append(button);
    }, () => undefined);
    return row;
  }

  #series(answer) {
    const found = series(answer);
    const place = make("div", { class: "beeld" });
    if (found) charts(answer, found, this.names).then((made) => place.append(made), () => undefined);
    return place;
  }

  #network(answer) {
    const links = ties(answer);
    if (!links.length) return [];
    const draw = async () => button.replaceWith(await network(links, this.names));
    const button = make("button", { type: "button", onclick: draw }, "Teken als netwerk");
    return make("div", {}, button);
  }

  #files(sparql, question) {
    const name = question?.name ?? "antwoord";
    const button = (form, words) => make("button", { type: "button", onclick: () => this.#download(sparql, form, name) }, words);
    return make("p", { class: "gegevens" }, button("csv", "Antwoord als CSV"), " ", button("json", "Antwoord als JSON"));
  }

  async #download(sparql, form, name) {
    const { text, form: other = form } = await this.asker.file(sparql, form);
    const link = make("a", { href: URL.createObjectURL(new Blob([text])), download: `${name}.${other}` });
    link.click();
    URL.revokeObjectURL(link.href);
  }
}

function values(cell) {
  if (cell.length === 1) return shown(cell[0]);
  const list = make("ul", {}, cell.map((v) => make("li", {}, shown(v))));
  return cell.length > LISTED ? make("details", {}, make("summary", {}, `Toon alle ${cell.length}`), list) : list;
}
