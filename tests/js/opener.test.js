// The offline opener as it is built: complete in every language, and with a policy that lets nothing in or out.
import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { before, test } from "node:test";
import { buildOpener, page } from "../../tools/build_opener.mjs";

const source = (path) =>
  readFileSync(new URL(`../../organizing/static/organizing/js/${path}`, import.meta.url), "utf8");
const strings = JSON.parse(source("pages/opener.strings.json"));
let built;
before(async () => {
  built = await buildOpener();
});

test("every language says everything, with the same placeholders", () => {
  assert.deepEqual(Object.keys(built.pages).sort(), ["ar", "en", "es"]);
  for (const [language, texts] of Object.entries(strings)) {
    assert.deepEqual(Object.keys(texts), Object.keys(strings.en), language);
    for (const part of [null, "errors", "columnNames", "columnMeanings"]) {
      const [here, english] = part ? [texts[part], strings.en[part]] : [texts, strings.en];
      assert.deepEqual(Object.keys(here), Object.keys(english), language);
      for (const [key, text] of Object.entries(here)) {
        if (typeof text !== "string") continue;
        assert.ok(text.trim(), `${language} ${key}`);
        const placeholders = (given) => (given.match(/\{\w+\}/g) ?? []).sort();
        assert.deepEqual(placeholders(text), placeholders(english[key]), `${language} ${key}`);
      }
    }
  }
});

test("every error that opening can meet has its sentence", () => {
  const modules = ["exportfile", "record", "opening", "naming", "envelope", "keyfile", "messages"]
    .map((name) => source(`core/${name}.js`))
    .join("");
  const codes = new Set(
    modules
      .match(/"(export|record|envelope|attestation|text|key|manifest)-[a-z]+"/g)
      .map((quoted) => quoted.slice(1, -1)),
  );
  const elsewhere = ["text-hash"];
  for (const code of codes) if (!elsewhere.includes(code)) assert.ok(code in strings.en.errors, code);
});

test("the policy admits exactly the script and the style inside", () => {
  for (const [language, html] of Object.entries(built.pages)) {
    const policy = html.match(/http-equiv="Content-Security-Policy" content="([^"]*)"/)[1].replaceAll("&#39;", "'");
    const hashes = (tag) =>
      [...html.matchAll(new RegExp(`<${tag}>([^]*?)</${tag}>`, "g"))].map(
        ([, text]) => `'sha256-${createHash("sha256").update(text).digest("base64")}'`,
      );
    const [[script, ...more], [style, ...others]] = [hashes("script"), hashes("style")];
    assert.equal(
      policy,
      `default-src 'none'; script-src ${script}; style-src ${style}; base-uri 'none'; form-action 'none'`,
      language,
    );
    assert.deepEqual([more, others], [[], []]);
  }
});

test("a page asks for nothing from elsewhere and is whole", () => {
  for (const [language, html] of Object.entries(built.pages)) {
    assert.doesNotMatch(html, /<link|<img|<iframe|<[^>]+ (src|href|style|on\w+)=/, language);
    assert.doesNotMatch(
      html,
      /\{\{|undefined<|fetch\(|XMLHttpRequest|WebSocket|sendBeacon|localStorage|indexedDB/,
      language,
    );
    assert.match(html, new RegExp(`<html lang="${language}" dir="${strings[language].dir}">`));
  }
});

test("what is filled in cannot become markup", () => {
  const parts = { template: "<p>{{title}}</p><script>{{{strings}}}</script>", style: "", script: "" };
  const html = page("en", { ...parts, strings: { title: '<b>"{{lead}}"&', lead: "</script>" } });
  assert.ok(html.startsWith("<p>&#60;b&#62;&#34;{{lead}}&#34;&#38;</p>"));
  assert.equal(html.match(/<\/script>/g).length, 1);
});
