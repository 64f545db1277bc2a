// The page "Vraag het": what is in its address is what it shows.
//   ?zoek=words    what fits these words     ?vraag=name&parameter=value    a question
//   ?sparql=... a question of your own
import { AnswerView } from "./answer.js";
import { Asker, Failed } from "./asker.js";
import { json } from "./bytes.js";
import { TOP, make } from "./dom.js";
import { editor } from "./editor.js";
import { finder } from "./find.js";
import { fields, filled } from "./form.js";
import { Names } from "./terms.js";
import { Why } from "./why.js";

const here = (name) => new URL(name, import.meta.url).href;
// What is read beside the page: by the worker, or later.
const FILES = "worker.js vendor/oxigraph.js vendor/oxigraph.wasm.gz data.trig.gz waarom.json.gz vendor/editor.js vendor/drawing.js".split(" ");
const $ = (id) => document.getElementById(id);

const index = await json(here("index.json.gz"));
const names = new Names(index);
const find = finder(index);
const asker = new Asker({ wasm: here("vendor/oxigraph.wasm.gz"), data: here("data.trig.gz"), holds: index.holds });
const view = new AnswerView(asker, names, new Why(names));
const questions = new Map(index.questions.map((q) => [q.name, q]));
let writing; // the editor, once someone opens it
let keeping = false;
let shownNow = 0; // which of the answers that are under way is the one to show

function show() {
  const given = new URLSearchParams(location.search);
  $("q").value = given.get("zoek") ?? "";
  suggest();
  const question = questions.get(given.get("vraag"));
  if (question) showQuestion(question, given);
  else if (given.has("vraag")) tell("Deze vraag is er niet. Zoek hierboven een andere.");
  else if (given.has("sparql")) showSparql(given.get("sparql"));
  else clear();
}

function clear() {
  shownNow += 1;
  $("vraag").replaceChildren();
  $("antwoord").replaceChildren();
  tell("");
}

function tell(words) {
  $("stand").textContent = words;
}

// Finding ------------------------------------------------------------------------------------

function suggest() {
  const text = $("q").value.trim();
  const found = text ? find(text, 8) : [];
  $("voorstellen").replaceChildren(...found.map(suggestion));
  if ($("voorbeelden")) $("voorbeelden").hidden = Boolean(text);
  $("gevonden").textContent = !text ? "" : found.length ? `${found.length === 1 ? "1 voorstel" : `${found.length} voorstellen`}.` : "Niets gevonden. Probeer een ander woord.";
}

function suggestion({ kind, id, label, values }) {
  if (kind === "ding") return make("li", {}, make("a", { href: new URL(names.thing(index.base + id).target, TOP).href }, label), make("span", {}, "Pagina"));
  const chosen = Object.entries(values).map(([, v]) => names.thing(iriOf(v)).text).join(", ");
  return make("li", {}, make("a", { href: address({ vraag: id, ...values }) }, label), make("span", {}, chosen ? `Vraag, met: ${chosen}` : "Vraag"));
}

function iriOf(text) {
  return [index.base, index.lists].map((start) => start + text).find((iri) => Object.hasOwn(index.names, names.short(iri))) ?? text;
}

// Asking -------------------------------------------------------------------------------------

function showQuestion(question, given) {
  const own = make("a", { href: new URL(`vragen/${question.name}/`, TOP).href }, "Over deze vraag");
  const form = make("form", { action: location.pathname, class: "vraagformulier" },
    fields(question, given, index, names), make("p", {}, make("button", { type: "submit" }, "Toon het antwoord")));
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    const values = [...new FormData(form)].filter(([, value]) => value !== "");
    go({ vraag: question.name, ...Object.fromEntries(values) });
  });
  const { sparql, problem } = filled(question, given, index, names);
  const edit = make("button", { type: "button", onclick: () => go({ sparql }) }, "Pas deze SPARQL aan");
  const written = sparql && make("details", {}, make("summary", {}, "De vraag in SPARQL"), make("pre", {}, make("code", {}, plain(sparql))), edit);
  $("vraag").replaceChildren(make("h2", { tabindex: "-1" }, question.text), make("p", { class: "plek" }, own),
    question.parameters.length ? form : "", written ?? "");
  document.title = `${question.title} – ${$("begin_")?.firstChild.textContent.trim() ?? ""}`;
  if (problem) refuse(problem);
  else answer(sparql, question);
}

function showSparql(sparql) {
  $("vraag").replaceChildren(make("h2", { tabindex: "-1" }, "Uw eigen vraag"));
  $("eigen").open = true;
  $("sparql").value = sparql;
  writing?.set(sparql);
  answer(sparql);
}

async function answer(sparql, question) {
  const mine = (shownNow += 1);
  const stop = make("button", { type: "button", onclick: () => asker.stop() }, "Stop");
  $("antwoord").replaceChildren(stop);
  tell("De vraag wordt beantwoord …");
  try {
    const found = await asker.ask(sparql);
    if (mine !== shownNow) return;
    const made = view.show(found, sparql, question);
    $("antwoord").replaceChildren(...made.flat());
    tell(made[0].textContent);
    keepForOffline();
  } catch (error) {
    if (mine === shownNow) refuse(error instanceof Failed ? error.message : "De gegevens zijn niet te laden. Laad de pagina opnieuw.");
  }
}

function refuse(words) {
  tell("");
  $("antwoord").replaceChildren(make("p", { class: "fout", role: "alert" }, words));
}

const plain = (sparql) => sparql.replace(/^(#\+.*\n)+\n*/, "");

// So that the page also works without network, once it has answered.
async function keepForOffline() {
  if (keeping || !("serviceWorker" in navigator)) return;
  keeping = true;
  try {
    await navigator.serviceWorker.register(new URL("vraag/offline.js", TOP));
    const { active } = await navigator.serviceWorker.ready;
    const read = performance.getEntriesByType("resource").map((entry) => entry.name);
    active.postMessage([location.href.split("?")[0], ...FILES.map(here), ...read]);
  } catch {
    keeping = false; // without https this cannot be; then the page needs the network
  }
}

// The address --------------------------------------------------------------------------------

function address(given) {
  return `${location.pathname}?${new URLSearchParams(given)}`;
}

function go(given) {
  history.pushState(null, "", address(given));
  show();
  $("vraag").querySelector("h2")?.focus();
}

addEventListener("popstate", show);
$("zoek").addEventListener("submit", (event) => {
  event.preventDefault();
  go({ zoek: $("q").value });
  $("voorstellen").querySelector("a")?.focus();
});
$("q").addEventListener("input", suggest);
$("vraag-het").addEventListener("click", (event) => {
  const link = event.target.closest("a");
  if (!link || new URL(link.href).pathname !== location.pathname || event.ctrlKey || event.metaKey) return;
  event.preventDefault();
  history.pushState(null, "", link.href);
  show();
  $("vraag").querySelector("h2")?.focus();
});
$("eigen").addEventListener("toggle", async () => {
  if ($("eigen").open) writing ??= await editor($("sparql"), index, () => $("eigen-vraag").requestSubmit());
});
$("eigen-vraag").addEventListener("submit", (event) => {
  event.preventDefault();
  if ($("sparql").value.trim()) go({ sparql: $("sparql").value });
});
$("q").addEventListener("focus", () => asker.open().catch(() => undefined), { once: true }); // who types will ask
$("vraag-het").hidden = false;
show();
document.body.dataset.ready = "";
