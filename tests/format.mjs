// Lines of JSON in, lines of JSON out: the format of the CMS, asked from a test.
// A line is [folder, text] or [folder, values]; the answer is [values or text, null] or [null, error].

import { readFileSync } from "node:fs";
import { createInterface } from "node:readline";
import { read } from "../beheer/read.js";
import { write } from "../beheer/write.js";

const forms = JSON.parse(readFileSync(process.argv[2], "utf8"));
for await (const line of createInterface({ input: process.stdin })) {
  const [folder, given] = JSON.parse(line);
  const turn = typeof given === "string" ? read : write;
  try {
    console.log(JSON.stringify([turn(given, forms[folder]), null]));
  } catch (error) {
    console.log(JSON.stringify([null, error.message]));
  }
}
