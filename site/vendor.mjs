// What the page "Vraag het" brings from npm, made into files that any static host can serve:
//   npm ci && npm run vendor
// The outcome is committed, because a site is also built where there is no npm. A test makes it
// again and compares.
import { build } from "esbuild";
import { mkdir, readFile, writeFile } from "node:fs/promises";
import { gzipSync } from "node:zlib";

const target = process.argv[2] ?? "site/assets/vraag/vendor";
const BUNDLES = {
  "editor.js": `
    export { EditorView, keymap, lineNumbers, drawSelection } from "@codemirror/view";
    export { EditorState } from "@codemirror/state";
    export { defaultKeymap, history, historyKeymap } from "@codemirror/commands";
    export { StreamLanguage, HighlightStyle, syntaxHighlighting, bracketMatching } from "@codemirror/language";
    export { autocompletion, closeBrackets, completionKeymap } from "@codemirror/autocomplete";
    export { sparql } from "@codemirror/legacy-modes/mode/sparql";
    export { tags } from "@lezer/highlight";`,
  "drawing.js": `
    export { plot, barY, lineY, dot, ruleY, text } from "@observablehq/plot";
    export { forceSimulation, forceLink, forceManyBody, forceCollide, forceX, forceY } from "d3-force";`,
};

await mkdir(target, { recursive: true });
const used = new Set(["oxigraph"]);
for (const [name, contents] of Object.entries(BUNDLES)) {
  const made = await build({
    stdin: { contents, resolveDir: process.cwd() },
    outfile: `${target}/${name}`,
    bundle: true,
    minify: true,
    format: "esm",
    legalComments: "none", // the licences stand together in LICENSES.txt
    metafile: true,
  });
  for (const path of Object.keys(made.metafile.inputs)) {
    const found = path.match(/node_modules\/((?:@[^/]+\/)?[^/]+)\//);
    if (found) used.add(found[1]);
  }
}
await writeFile(`${target}/oxigraph.js`, await readFile("node_modules/oxigraph/web.js"));
// Compressed here, so that it is small from every host, also one that compresses nothing.
const wasm = await readFile("node_modules/oxigraph/web_bg.wasm");
await writeFile(`${target}/oxigraph.wasm.gz`, gzipSync(wasm, { level: 9, memLevel: 9 }));

const licences = [];
for (const name of [...used].sort()) {
  const about = JSON.parse(await readFile(`node_modules/${name}/package.json`));
  const files = ["LICENSE", "LICENSE.md", "LICENSE.txt", "license"];
  const texts = await Promise.all(files.map((f) => readFile(`node_modules/${name}/${f}`, "utf8").catch(() => "")));
  const home = about.repository?.url?.replace(/^git\+/, "") ?? about.repository ?? "";
  licences.push(`${name} ${about.version}: ${about.license}\n${home}\n\n${texts.find(Boolean) ?? ""}`.trim());
}
await writeFile(`${target}/LICENSES.txt`, licences.join("\n\n----\n\n") + "\n");
