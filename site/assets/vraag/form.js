// A question in, its form out; and the values in it, from and to the address of the page.
import { make } from "./dom.js";
import { written } from "./terms.js";

const TYPES = { date: "date", gYear: "number", integer: "number", decimal: "number", string: "text" };
const PATTERNS = {
  date: /^\d{4}-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])$/,
  gYear: /^\d{4}$/,
  integer: /^-?\d{1,18}$/,
  decimal: /^-?\d{1,18}(\.\d{1,18})?$/,
  boolean: /^(true|false)$/,
  string: /^[^\0]*$/,
};
const REMEDIES = {
  date: "Schrijf een datum als jjjj-mm-dd.",
  gYear: "Schrijf een jaar met vier cijfers.",
  integer: "Schrijf een heel getal.",
  decimal: "Schrijf een getal, met een punt voor de decimalen.",
  boolean: "Kies ja of nee.",
  string: "Schrijf gewone tekst.",
};

const kind = (parameter) => parameter.datatype.split("#")[1];

function fits(text, type) {
  if (!PATTERNS[type].test(text)) return false;
  return type !== "date" || new Date(text).toISOString().startsWith(text); // no 31 February
}

/** The fields of the question, filled with these values. */
export function fields(question, values, index, names) {
  return question.parameters.map((parameter) => {
    const id = `p-${parameter.name}`;
    const help = parameter.help && make("small", { id: `${id}-h` }, parameter.help);
    const chosen = names.now(values.get(parameter.name) || parameter.default);
    const about = { id, name: parameter.name, "aria-describedby": help ? `${id}-h` : undefined };
    const input = parameter.cls
      ? select(about, index.choices[parameter.cls].map((iri) => [names.written(iri), names.thing(iri).text]), chosen, "Alle")
      : kind(parameter) === "boolean"
        ? select(about, [["true", "ja"], ["false", "nee"]], chosen, parameter.default ? "" : "Alle")
        : make("input", { ...about, type: TYPES[kind(parameter)], value: chosen, step: kind(parameter) === "decimal" ? "any" : undefined });
    return make("p", { class: "veld" }, make("label", { for: id }, parameter.label), input, help);
  });
}

function select(about, options, chosen, all) {
  const first = all ? [make("option", { value: "" }, all)] : [];
  return make("select", about, first, options.map(([value, text]) =>
    make("option", { value, selected: value === chosen }, text)));
}

/** The SPARQL of the question with these values in it, or the message about one that is wrong. */
export function filled(question, values, index, names) {
  let lines = "";
  for (const parameter of question.parameters) {
    const text = values.get(parameter.name) || parameter.default;
    if (!text) continue;
    const iri = parameter.cls && names.among(names.now(text), index.choices[parameter.cls]);
    if (parameter.cls && !iri) return { problem: `${parameter.label}: '${text.slice(0, 60)}' is hier niet bekend. Kies uit de lijst.` };
    if (!parameter.cls && !fits(text, kind(parameter))) {
      return { problem: `${parameter.label}: ${REMEDIES[kind(parameter)]}` };
    }
    lines += `\n  VALUES ?${parameter.name} { ${written({ iri, text, datatype: parameter.datatype })} }`;
  }
  return { sparql: question.sparql.slice(0, question.at) + lines + question.sparql.slice(question.at) };
}
