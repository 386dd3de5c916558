// For tests/drafting/test_twins.py: reads {units, texts: [[text, language], …]} and answers what the browser's modules find.
import { readFileSync } from "node:fs";
import { compileRules, findFlags } from "../../organizing/static/organizing/js/core/flags.js";
import { measure } from "../../organizing/static/organizing/js/core/reading.js";

const file = new URL("../../organizing/static/organizing/js/core/flag_rules.json", import.meta.url);
const { units: names, texts } = JSON.parse(readFileSync(0, "utf8"));
const rules = compileRules(JSON.parse(readFileSync(file, "utf8")), names);
const characters = (text, units) => [...text.slice(0, units)].length;
const answers = texts.map(([text, language]) => ({
  flags: findFlags(text, language, rules).map((flag) => [
    characters(text, flag.start),
    characters(text, flag.end),
    flag.kind,
  ]),
  reading: measure(text, language),
}));
process.stdout.write(JSON.stringify(answers));
