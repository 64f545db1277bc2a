// Reads a line [text, limit] and writes the hits of find.js for it, with the index named as the first argument.
import { readFileSync } from "node:fs";
import { createInterface } from "node:readline";
import { finder } from "../site/assets/vraag/find.js";

const find = finder({ find: JSON.parse(readFileSync(process.argv[2], "utf-8")) });
for await (const line of createInterface({ input: process.stdin })) {
  console.log(JSON.stringify(find(...JSON.parse(line)).map(({ kind, id, label, values, score }) => [kind, id, label, values, score])));
}
