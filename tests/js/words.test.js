import assert from "node:assert/strict";
import { test } from "node:test";
import { unhex } from "../../organizing/static/organizing/js/core/encoding.js";
import { nearestWords, secretToWords, wordsToSecret } from "../../organizing/static/organizing/js/core/words.js";

// Vectors of BIP-39 for 128 bits of entropy.
const VECTORS = {
  "00000000000000000000000000000000":
    "abandon abandon abandon abandon abandon abandon abandon abandon abandon abandon abandon about",
  "7f7f7f7f7f7f7f7f7f7f7f7f7f7f7f7f": "legal winner thank year wave sausage worth useful legal winner thank yellow",
  "80808080808080808080808080808080": "letter advice cage absurd amount doctor acoustic avoid letter advice cage above",
  ffffffffffffffffffffffffffffffff: "zoo zoo zoo zoo zoo zoo zoo zoo zoo zoo zoo wrong",
};

test("the words of BIP-39", () => {
  for (const [entropy, words] of Object.entries(VECTORS)) {
    assert.equal(secretToWords(unhex(entropy)).join(" "), words);
    assert.deepEqual(wordsToSecret(words), unhex(entropy));
  }
});

test("any case and any white space will do", () => {
  const typed = "  Legal\u00a0WINNER thank\tyear\nwave sausage  worth useful legal winner thank YELLOW \n";
  assert.deepEqual(wordsToSecret(typed), unhex("7f".repeat(16)));
});

test("a mistyped word is named, with its place and the nearest words", () => {
  const typed = "legal winner thank year wave sausgae worth useful legal winner thank yellow";
  assert.throws(
    () => wordsToSecret(typed),
    (error) => {
      assert.equal(error.code, "words-unknown");
      assert.deepEqual(
        [error.details.position, error.details.word, error.details.suggestions[0]],
        [6, "sausgae", "sausage"],
      );
      return true;
    },
  );
  assert.deepEqual(nearestWords("xqzwvk"), []);
});

test("a word of the list in the wrong place is told as a wrong checksum", () => {
  const typed = "winner legal thank year wave sausage worth useful legal winner thank yellow";
  assert.throws(() => wordsToSecret(typed), { code: "words-checksum" });
});

test("more or fewer words are counted", () => {
  assert.throws(
    () => wordsToSecret("legal winner thank"),
    (error) => error.code === "words-count" && error.details.found === 3,
  );
  assert.throws(
    () => wordsToSecret(""),
    (error) => error.code === "words-count" && error.details.found === 0,
  );
});

test("numbers and commas of a printed list do no harm", () => {
  const words = secretToWords(unhex("7f7f7f7f7f7f7f7f7f7f7f7f7f7f7f7f"));
  for (const text of [words.join(", "), words.map((word, i) => `${i + 1}. ${word}`).join("\n"), words.map((word, i) => `${i + 1}\t${word}`).join("\n")])
    assert.deepEqual(secretToWords(wordsToSecret(text)), words);
});
