// Texts as the canonical form has them: tidied, visible, and sorted as people count.

export const LAST = "9".repeat(16); // longer than a number can be

// What nobody can see; the check knows more of these.
const UNSEEN = /[\p{Cc}\p{Co}\p{Cn}\p{Zl}\p{Zp}\u00ad\u200b-\u200f\u2060-\u206f\ufeff]/u;

/** A text without white space that nobody sees, as `canonical.planted` does. */
export function tidy(value) {
  const lines = String(value).split(/\r?\n/u).map((line) => line.trimEnd());
  const text = lines.join("\n").replace(/^\n+|\n+$/gu, "");
  return text.includes("\n") ? text : text.trim();
}

/** The text in one spelling of each letter; refuses what nobody can see. */
export function visible(text, key) {
  const normal = text.normalize("NFC").replaceAll("\t", " ");
  const odd = UNSEEN.exec(normal.replaceAll("\n", ""));
  if (odd) {
    const code = odd[0].codePointAt(0).toString(16).toUpperCase().padStart(4, "0");
    throw new Error(`Haal bij '${key}' een onzichtbaar teken weg (U+${code}).`);
  }
  return normal;
}

/** These by what `keys` gives for each, compared one after another. */
export function sorted(items, keys) {
  return [...items].sort((a, b) => compare(keys(a), keys(b)));
}

/** What a list is sorted by: as people count, 2 before 10, and capitals do not matter. */
export function natural(words) {
  const parts = words.toUpperCase().toLowerCase().split(/([0-9]+)/u);
  const keys = parts.flatMap((part, nth) => {
    if (nth % 2 === 0) return [part];
    const digits = part.replace(/^0+/u, "");
    return [digits.length, digits];
  });
  return [...keys, -1, words]; // -1, less than any length: what is shorter comes first
}

function compare(a, b) {
  for (let nth = 0; nth < Math.min(a.length, b.length); nth += 1) {
    if (a[nth] === b[nth]) continue;
    if (typeof a[nth] === "number") return a[nth] - b[nth];
    return byCharacter(a[nth], b[nth]);
  }
  return a.length - b.length;
}

/** Text as Python compares it: by character, not by half of one. */
function byCharacter(a, b) {
  const [one, other] = [[...a], [...b]];
  const nth = one.findIndex((character, at) => character !== other[at]);
  if (nth < 0) return one.length - other.length;
  if (other[nth] === undefined) return 1;
  return one[nth].codePointAt(0) - other[nth].codePointAt(0);
}
