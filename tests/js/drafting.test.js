import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { compileClean, compileRules, findFlags } from "../../organizing/static/organizing/js/core/flags.js";
import { measure } from "../../organizing/static/organizing/js/core/reading.js";

const file = new URL("../../organizing/static/organizing/js/core/flag_rules.json", import.meta.url);
const data = JSON.parse(readFileSync(file, "utf8"));
const rules = compileRules(data);
const kinds = (text, language = "en") => findFlags(text, language, rules).map((flag) => flag.kind);

test("each kind of trouble is found, with its words", () => {
  const [flag] = findFlags("Ask ana.perez@mail.example for it.", "en", rules);
  assert.deepEqual(flag, { start: 4, end: 26, kind: "email", words: "ana.perez@mail.example" });
  assert.deepEqual(kinds("@aperez opened PRIV-4021 on wiki.corp.example."), ["username", "document", "link"]);
  assert.deepEqual(kinds("It is marked confidential. You will regret it."), ["confidential", "threat"]);
});

test("the earlier rule has the place: an address is no user name", () => {
  assert.deepEqual(kinds("write to a.b@c.example"), ["email"]);
});

test("two capital letters in a row say nothing in German", () => {
  assert.deepEqual(kinds("wir haben das Große Haus gesehen", "de"), []);
  assert.deepEqual(kinds("we have seen Harlan Mooreland there"), ["name"]);
});

test("a rule keeps nothing from one text to the next", () => {
  assert.deepEqual(kinds("PRIV-4021"), kinds("PRIV-4021"));
});

test("the meter names its formula, or has none", () => {
  const text = "We want to work. Nobody has asked us whether we agree to it.";
  assert.deepEqual(
    [measure(text, "en").formula, measure(text, "es").formula, measure("لم يسألنا أحد.", "ar").formula],
    ["ARI", "LIX", ""],
  );
  assert.equal(measure("", "en").words, 0);
});

test("Chinese is counted in characters", () => {
  assert.equal(measure("我们没有同意。他们没有问。", "zh-hans").words, 11);
  assert.equal(measure("我们没有同意。他们没有问。", "zh-hans").sentences, 2);
});

test("the worst traces are found: teams, places, service, badges, minutes, channels, footers", () => {
  assert.deepEqual(kinds("A small team of six in MPK 21, 3rd floor"), ["author", "place", "place"]);
  assert.deepEqual(kinds("I have been here 11 years. My badge says 448213."), ["author", "document"]);
  assert.deepEqual(kinds("Thursday 14 May at 9:42 PM in #mpk20-watercooler"), ["time", "channel"]);
  assert.deepEqual(kinds("Yours\nSent from my iPhone"), ["footer"]);
  assert.deepEqual(kinds("Un equipo de seis, planta 3", "es"), ["author", "place"]);
  assert.deepEqual(kinds("wa\u200btched w\u043erk"), ["invisible", "lookalike"]);
});

test("a programme is no person, and no retaliation is no claim", () => {
  assert.deepEqual(kinds("End the Capability Initiative. No retaliation against us."), []);
});

test("what nobody sees is taken out, and emoji stay whole", () => {
  const clean = compileClean(data);
  assert.equal(clean("wa\u200btched\u2064 by\u2009them \u{e0041}"), "watched by them ");
  assert.equal(clean("👩\u200d💻 ❤\ufe0f"), "👩\u200d💻 ❤\ufe0f");
});
