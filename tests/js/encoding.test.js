import assert from "node:assert/strict";
import { test } from "node:test";
import {
  b64u,
  bigIntToBytes,
  bytesToBigInt,
  concat,
  hex,
  padded,
  toNumber,
  u16,
  u32,
  u8,
  unb64u,
  unhex,
  utf8,
} from "../../organizing/static/organizing/js/core/encoding.js";

const refuses = (code, work) => assert.throws(work, { name: "ProtocolError", code });

test("base64url goes there and back at every length, as Node writes it", () => {
  for (let length = 0; length < 70; length += 1) {
    const bytes = crypto.getRandomValues(new Uint8Array(length));
    assert.equal(b64u(bytes), Buffer.from(bytes).toString("base64url"));
    assert.deepEqual(unb64u(b64u(bytes)), bytes);
  }
});

test("base64url with padding, white space, other letters or spare bits is refused", () => {
  for (const text of ["AA==", "AA ", "A", "A+", "A/", "AB", "AAB", " AA", "AAAAA", "AÄ", "AA\n"])
    refuses("base64url", () => unb64u(text));
  for (const value of [undefined, null, 5, {}]) refuses("base64url", () => unb64u(value));
  refuses("base64url", () => unb64u("AAAA", 2));
});

test("numbers are big-endian and keep to their width", () => {
  assert.deepEqual(concat(u8(255), u16(258), u32(0x01020304)), Uint8Array.of(255, 1, 2, 1, 2, 3, 4));
  for (const work of [() => u8(256), () => u16(-1), () => u32(2 ** 32), () => u8(1.5)]) refuses("range", work);
  assert.equal(toNumber(Uint8Array.of(1, 0, 0)), 65536);
  refuses("range", () => toNumber(new Uint8Array(8).fill(255)));
});

test("big integers fit their length or are refused", () => {
  assert.equal(hex(bigIntToBytes(258n, 4)), "00000102");
  assert.equal(bytesToBigInt(unhex("ff00")), 0xff00n);
  assert.equal(bytesToBigInt(new Uint8Array(0)), 0n);
  refuses("range", () => bigIntToBytes(256n, 1));
  refuses("range", () => bigIntToBytes(-1n, 4));
});

test("padding adds zeros and never cuts", () => {
  assert.deepEqual(padded(utf8("ab"), 4), Uint8Array.of(97, 98, 0, 0));
  refuses("too-long", () => padded(utf8("abc"), 2));
});
