// Starts the CMS in Dutch, with our format for the files of each folder.

import { read } from "./read.js";
import { write } from "./write.js";

const SETTINGS = "sveltia-cms.prefs"; // where the CMS keeps what a person chose

const chosen = JSON.parse(localStorage.getItem(SETTINGS) ?? "{}");
// Escape closes a list of options; pressed once more it must not close the form as well.
const ours = { locale: "nl", closeWithEscape: false };
localStorage.setItem(SETTINGS, JSON.stringify({ ...ours, ...chosen }));

// The CMS can also work in a folder on this computer, but there it overwrites what changed meanwhile.
delete globalThis.showDirectoryPicker;

const { default: CMS } = await import("./sveltia/npm/index.js");
// What the CMS shows a person is the cause of this error, and of no other.
function written(entry, fields) {
  try {
    return write(entry, fields);
  } catch (cause) {
    throw new Error("saving_failed", { cause });
  }
}

const forms = await (await fetch("vormen.json")).json();
for (const [folder, fields] of Object.entries(forms)) {
  CMS.registerCustomFormat(folder, "yaml", {
    fromFile: (text) => read(text, fields),
    toFile: (entry) => written(entry, fields),
  });
}
CMS.init();
