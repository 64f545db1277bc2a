// The way from the page to the store: one worker, replaced when a question takes too long.
export class Failed extends Error {} // its text is Dutch and says what to do

const SECONDS = 10;
const SPOT = /error at (\d+):(\d+)/;
const CHANGE = /^(?:\s|#.*\n|(?:PREFIX|BASE)\b[^>]*>)*(INSERT|DELETE|LOAD|CLEAR|CREATE|DROP|COPY|MOVE|ADD)\b/i;
const REASONS = {
  "Prefix not found": "dit voorvoegsel is niet aangekondigd met PREFIX",
  "Duplicated variable": "achter SELECT staat twee keer dezelfde variabele",
  "variable that is unbound": "achter SELECT staat een variabele die hier geen waarde krijgt",
  "IRI parsing failed": "dit adres is niet volledig of bevat een teken dat er niet in hoort",
};

export class Asker {
  #given;
  #ready;
  #worker;
  #waiting = new Map();
  #next = 0;

  constructor(given) {
    this.#given = given; // where the program and the data are, and which graphs hold
  }

  /** Ready when the data are there; called again it is the same wait. */
  open() {
    this.#ready ??= this.#start();
    return this.#ready;
  }

  /** The answer to this SPARQL; raises Failed after `seconds`, or when it cannot be answered. */
  async ask(sparql, { most = 400, seconds = SECONDS } = {}) {
    await this.open();
    return this.#send({ action: "ask", sparql, most }, seconds, sparql);
  }

  /** The whole answer as the text of a file. */
  async file(sparql, form) {
    await this.open();
    return this.#send({ action: "file", sparql, form }, SECONDS, sparql);
  }

  /** Stops what is being asked; the next question begins with a fresh store. */
  stop(why = "U hebt de vraag gestopt.") {
    this.#worker?.terminate();
    this.#worker = this.#ready = undefined;
    for (const { reject } of this.#waiting.values()) reject(new Failed(why));
    this.#waiting.clear();
  }

  async #start() {
    this.#worker = new Worker(new URL("worker.js", import.meta.url), { type: "module" });
    this.#worker.addEventListener("message", ({ data }) => this.#received(data));
    this.#worker.addEventListener("error", () => this.stop("De gegevens zijn niet te laden. Laad de pagina opnieuw."));
    try {
      return await this.#send({ action: "open", ...this.#given }, 120);
    } catch (error) {
      this.stop();
      throw error;
    }
  }

  #send(message, seconds, sparql = "") {
    const id = ++this.#next;
    return new Promise((resolve, reject) => {
      const long = `Deze vraag duurde langer dan ${seconds} seconden en is gestopt. Maak de vraag kleiner, bijvoorbeeld met een keuze of met LIMIT.`;
      const timer = setTimeout(() => this.stop(long), seconds * 1000);
      const done = (act) => (value) => {
        clearTimeout(timer);
        act(value);
      };
      this.#waiting.set(id, { resolve: done(resolve), reject: done(reject), sparql });
      this.#worker.postMessage({ id, ...message });
    });
  }

  #received({ id, error, broken, ...answer }) {
    const { resolve, reject, sparql } = this.#waiting.get(id) ?? {};
    this.#waiting.delete(id);
    if (!resolve) return;
    if (error === undefined) resolve(answer);
    else reject(new Failed(broken ? "Maak de vraag korter: er staat te veel in elkaar." : remedy(error, sparql)));
    if (broken) this.stop();
  }
}

/** What is wrong with this SPARQL, and where. */
export function remedy(said, sparql) {
  if (!sparql) return said;
  const spot = SPOT.exec(said);
  if (!spot) {
    const what = /<[^>]*>/.exec(said)?.[0] ?? "iets";
    if (said.includes("service")) return "Haal SERVICE weg: SERVICE vraagt gegevens van elders op.";
    return `Herstel de SPARQL: de vraag gebruikt ${what}, en dat kan hier niet.`;
  }
  const [line, column] = [Number(spot[1]), Number(spot[2])];
  const rest = sparql.split("\n").slice(line - 1).join("\n").slice(column - 1);
  const change = CHANGE.exec(sparql)?.[1];
  if (change) return `Haal ${change} weg: deze opdracht verandert gegevens; hier kunt u alleen vragen stellen.`;
  const word = /\w+|[^\s\w]/.exec(rest)?.[0].slice(0, 30);
  const at = word ? `bij '${word}' gaat het mis` : "de vraag houdt te vroeg op of klopt niet";
  const reason = Object.entries(REASONS).find(([english]) => said.includes(english))?.[1] ?? at;
  return `Herstel de SPARQL bij regel ${line}, kolom ${column}: ${reason}.`;
}
