import assert from "node:assert/strict";
import { test } from "node:test";
import {
  formatCode,
  mailboxProof,
  normalizeAddress,
  normalizeMailboxCode,
  normalizePaperCode,
  paperProof,
} from "../../organizing/static/organizing/js/core/codes.js";
import { utf8Text } from "../../organizing/static/organizing/js/core/encoding.js";

const DOMAINS = ["example.com", "example.co.uk"];
const address = (text) => normalizeAddress(text, DOMAINS);

test("a paper code is read as it was meant", () => {
  for (const typed of ["7KQ2-M9XV-3RTD-8WP1", " 7kq2 m9xv 3rtd 8wpl ", "7KQ2–M9XV–3RTD–8WPi", "7KQ2M9XV3RTD8WP1"]) {
    assert.equal(normalizePaperCode(typed), "7KQ2M9XV3RTD8WP1");
  }
  assert.equal(normalizePaperCode("OOOO-oooo-0000-IL1i"), "0000000000001111");
  assert.equal(formatCode("7KQ2M9XV3RTD8WP1"), "7KQ2-M9XV-3RTD-8WP1");
});

test("a code of another length says how many characters it has", () => {
  assert.throws(
    () => normalizePaperCode("7KQ2-M9XV"),
    (error) => error.code === "code-length" && error.details.found === 8,
  );
  assert.throws(
    () => normalizeMailboxCode("7KQ2-M9XV-3R1"),
    (error) => error.code === "code-length" && error.details.expected === 10,
  );
});

test("a character that no code has is refused", () => {
  for (const letter of ["U", "!", "é", "İ"])
    assert.throws(() => normalizeMailboxCode(`ABCDE-FGHJ${letter}`), { code: /code-(character|length)/ });
});

test("an address comes down to its mailbox", () => {
  assert.equal(address("  Ana.Lopez+petition+x@Example.COM "), "ana.lopez@example.com");
  assert.equal(address("o'neil@example.co.uk"), "o'neil@example.co.uk");
});

test("what is not an address, or is elsewhere, is refused", () => {
  for (const text of [
    "",
    "ana",
    "ana@",
    "@example.com",
    "a@b@example.com",
    "+tag@example.com",
    "a b@example.com",
    "añ@example.com",
    'a"b@example.com',
  ]) {
    assert.throws(() => address(text), { code: /address-(form|domain)/ });
  }
  for (const text of ["ana@example.org", "ana@sub.example.com", "ana@example.com.", "ana@xexample.com"]) {
    assert.throws(() => address(text), { code: "address-domain" });
  }
  assert.throws(() => address(`${"a".repeat(243)}@example.com`), { code: "address-length" });
});

test("proofs are the bytes of the protocol", () => {
  assert.equal(utf8Text(paperProof({ code: "7kq2-m9xv-3rtd-8wp1" }).proof), "7KQ2M9XV3RTD8WP1");
  const proof = mailboxProof({ address: "Ana@example.com", code: "abcde-fghjk", domains: DOMAINS });
  assert.equal(utf8Text(proof.proof), "ana@example.com\0ABCDEFGHJK");
  assert.equal(proof.subject, "ana@example.com");
});
