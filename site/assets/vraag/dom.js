// Makes elements; text is always text, so nothing from data or an address becomes markup.
export function make(tag, attributes = {}, ...children) {
  const made = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (name.startsWith("on")) made.addEventListener(name.slice(2), value);
    else if (value === true) made.setAttribute(name, "");
    else if (value !== false && value !== undefined) made.setAttribute(name, value);
  }
  made.append(...children.flat().filter((c) => c !== undefined && c !== null));
  return made;
}

export const TOP = new URL("../../", import.meta.url); // of the site

/** A value with its link: to a page of this site, or to another over https. */
export function shown({ text, target }) {
  if (!target) return document.createTextNode(text);
  const href = new URL(target, TOP);
  const safe = href.protocol === "https:" || href.origin === TOP.origin;
  return safe ? make("a", { href: href.href }, text) : document.createTextNode(text);
}
