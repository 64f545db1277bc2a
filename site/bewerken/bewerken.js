// Het formulier werkt zonder dit bestand. Hier komt bij: zoeken in lange lijsten, meldingen tijdens
// het typen, en een concept in de browser zodat een storing niets kost.

const form = document.querySelector("#formulier");
const WAIT = 600; // ms na de laatste toets
const MOST = 40; // regels in een keuzelijst

// Zoeken en kiezen: een combobox volgens WAI-ARIA 1.2, met wat er al in de pagina staat.

const plain = (text) => text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase();
const lists = new Map();

function choices(id) {
  if (!lists.has(id)) {
    const options = document.getElementById(id)?.options ?? [];
    lists.set(id, Array.from(options, (o) => ({ text: o.value, plain: plain(o.value) })));
  }
  return lists.get(id);
}

function combobox(input) {
  const list = input.getAttribute("list");
  const box = document.createElement("div");
  const menu = document.createElement("ul");
  let active = -1;
  box.className = "kiezer";
  menu.id = `k.${input.id}`;
  menu.role = "listbox";
  menu.hidden = true;
  menu.setAttribute("aria-labelledby", input.getAttribute("aria-labelledby"));
  input.removeAttribute("list");
  input.role = "combobox";
  for (const [name, value] of [["aria-autocomplete", "list"], ["aria-expanded", "false"], ["aria-controls", menu.id]])
    input.setAttribute(name, value);
  input.replaceWith(box);
  box.append(input, menu);

  function close() {
    menu.hidden = true;
    active = -1;
    input.setAttribute("aria-expanded", "false");
    input.removeAttribute("aria-activedescendant");
  }
  function option({ text }, i) {
    const item = document.createElement("li");
    const [, name, address] = text.match(/^(.*) \(([^()]*)\)$/s) ?? [null, text, ""];
    item.id = `${menu.id}.${i}`;
    item.role = "option";
    item.dataset.text = text;
    item.append(name, Object.assign(document.createElement("small"), { textContent: address }));
    return item;
  }
  function open() {
    const words = plain(input.value).split(/\s+/).filter(Boolean);
    const begins = (c) => Number(!c.plain.startsWith(words[0] ?? ""));
    const found = choices(list).filter((c) => words.every((w) => c.plain.includes(w)));
    found.sort((a, b) => begins(a) - begins(b));
    const shown = found.slice(0, MOST).map(option);
    menu.replaceChildren(...shown);
    if (found.length > MOST) {
      const more = document.createElement("li");
      more.className = "meer";
      more.role = "presentation";
      more.textContent = `Nog ${found.length - MOST}. Typ meer letters.`;
      menu.append(more);
    }
    close();
    menu.hidden = !shown.length;
    input.setAttribute("aria-expanded", String(!menu.hidden));
    say(found.length === 1 ? "1 keuze" : `${found.length} keuzes`);
  }
  function go(step) {
    const items = menu.querySelectorAll("[role=option]");
    if (menu.hidden) open();
    if (!items.length) return;
    active = (active + step + items.length + (active < 0 && step < 0)) % items.length;
    items.forEach((item, i) => item.setAttribute("aria-selected", String(i === active)));
    items[active].scrollIntoView({ block: "nearest" });
    input.setAttribute("aria-activedescendant", items[active].id);
  }
  function choose(item) {
    input.value = item.dataset.text;
    close();
    input.dispatchEvent(new Event("change", { bubbles: true }));
  }
  input.addEventListener("input", open);
  input.addEventListener("click", () => (menu.hidden ? open() : close()));
  input.addEventListener("blur", close);
  input.addEventListener("keydown", (event) => {
    if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      event.preventDefault();
      go(event.key === "ArrowDown" ? 1 : -1);
    } else if (event.key === "Enter" && active >= 0) {
      event.preventDefault();
      choose(menu.children[active]);
    } else if (event.key === "Escape" && !menu.hidden) {
      event.preventDefault();
      close();
    }
  });
  menu.addEventListener("mousedown", (event) => {
    event.preventDefault();
    const item = event.target.closest("[role=option]");
    if (item) choose(item);
  });
}

// Meldingen tijdens het typen: de server zegt hetzelfde als na het versturen.

const state = document.querySelector("#stand");
const touched = new Set();
let timer, latest = 0;

function say(text) {
  if (state && state.textContent !== text) state.textContent = text;
}

function mark(control, wrong) {
  if (wrong) control.setAttribute("aria-invalid", "true");
  else control.removeAttribute("aria-invalid");
}

async function check() {
  const number = ++latest;
  const body = new URLSearchParams(new FormData(form));
  body.set("do", "kijk");
  const answer = await fetch(form.action, { method: "POST", body, headers: { "X-Deel": "meldingen" } }).catch(() => null);
  if (number !== latest) return;
  if (!answer?.ok) return say("Controleren lukt nu niet. Wat je typt, blijft hier staan.");
  const part = new DOMParser().parseFromString(await answer.text(), "text/html");
  const seen = "gezien" in form.dataset;
  for (const place of form.querySelectorAll(".fouten")) {
    const control = form.querySelector(`[aria-describedby~="${CSS.escape(place.id)}"]`);
    const fresh = part.getElementById(place.id);
    if (!seen && !touched.has(control)) continue;
    place.replaceChildren(...(fresh?.childNodes ?? []));
    if (control) mark(control, fresh);
    place.closest(".veld").classList.toggle("fout", place.closest(".veld").querySelector(".fouttekst") !== null);
  }
  if (seen) document.querySelector("#samenvatting").replaceChildren(...part.querySelector("#samenvatting").childNodes);
  say(part.getElementById("stand").textContent);
}

// Het concept: wat getypt is, staat ook in deze browser tot het bewaard is.

const key = (address) => `kadernota:${address}`;

function keep() {
  const pairs = [...new FormData(form)].filter(([name]) => name !== "bewijs" && name !== "do");
  try {
    localStorage.setItem(key(form.dataset.adres), JSON.stringify({ time: Date.now(), pairs }));
  } catch {
    say("Deze browser kan geen concept bewaren. Bewaar op tijd.");
  }
}

function send(pairs) {
  const copy = document.createElement("form");
  Object.assign(copy, { method: "post", action: form.action, hidden: true });
  for (const [name, value] of [...pairs, ["bewijs", form.elements.bewijs.value], ["do", "kijk"]])
    copy.append(Object.assign(document.createElement("textarea"), { name, value }));
  document.body.append(copy);
  copy.submit();
}

function offer() {
  const place = document.querySelector("#concept");
  const kept = JSON.parse(localStorage.getItem(key(form.dataset.adres)) ?? "null");
  if (!kept) return;
  const now = new Map(new FormData(form));
  const values = kept.pairs.filter(([name]) => name.startsWith("v.") || name === "tekst");
  if (values.every(([name, value]) => (now.get(name) ?? "") === value)) return;
  const text = document.createElement("p");
  const when = new Date(kept.time).toLocaleString("nl-NL", { dateStyle: "long", timeStyle: "short" });
  text.textContent = `Je was hier op ${when} bezig en hebt nog niet bewaard.`;
  const back = Object.assign(document.createElement("button"), { type: "button", textContent: "Ga daarmee verder" });
  const drop = Object.assign(document.createElement("button"), { type: "button", textContent: "Gooi dat weg", className: "klein" });
  back.addEventListener("click", () => send(kept.pairs));
  drop.addEventListener("click", () => {
    localStorage.removeItem(key(form.dataset.adres));
    place.hidden = true;
  });
  const row = Object.assign(document.createElement("div"), { className: "knoppen" });
  row.append(back, drop);
  place.className = "melding";
  place.append(text, row);
  place.hidden = false;
}

if (form) {
  const { adres, bewaard, verstuurd } = form.dataset;
  if (bewaard) localStorage.removeItem(key(bewaard === "nieuw" ? adres.replace(/[^/]*$/, "_nieuw") : adres));
  form.querySelectorAll("[data-zoek]").forEach(combobox);
  const changed = (event) => {
    touched.add(event.target);
    clearTimeout(timer);
    timer = setTimeout(() => (keep(), check()), WAIT);
  };
  form.addEventListener("input", changed);
  form.addEventListener("change", changed);
  addEventListener("pagehide", () => touched.size && keep());
  if (verstuurd === undefined) offer();
  else keep();
}
