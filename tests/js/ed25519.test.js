// docs/protocol.md section 14, by the platform's Ed25519 and by the fallback alike.
import assert from "node:assert/strict";
import { test } from "node:test";
import { native, portable, publicKeyOf, sign, verify } from "../../organizing/static/organizing/js/core/ed25519.js";
import {
  bigIntToBytes,
  bytesToBigInt,
  concat,
  hex,
  unhex,
  utf8,
} from "../../organizing/static/organizing/js/core/encoding.js";
import { ed25519, sha512 } from "../../organizing/static/organizing/js/vendor.js";

const P = 2n ** 255n - 19n;
const L = 2n ** 252n + 27742317777372353535851937790883648493n;
const backends = { native, portable };
const message = utf8("a message");
const reversed = (bytes) => Uint8Array.from(bytes).reverse();
const little = (value) => reversed(bigIntToBytes(value, 32));
const number = (bytes) => bytesToBigInt(reversed(bytes));
const signBit = (bytes) => Uint8Array.from(bytes, (byte, i) => (i === 31 ? byte | 128 : byte));

// RFC 8032 §7.1, tests 2 and 3.
const VECTORS = [
  [
    "4ccd089b28ff96da9db6c346ec114e0f5b8a319f35aba624da8cf6ed4fb8a6fb",
    "3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c",
    "72",
    "92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da085ac1e43e15996e458f3613d0f11d8c387b2eaeb4302aeeb00d291612bb0c00",
  ],
  [
    "c5aa8df43f9f837bedb7442f31dcb7b166d38535076f094b85ce3a2e0b4458f7",
    "fc51cd8e6218a1a38da47ed00230f0580816ed13ba3303ac5deb911548908025",
    "af82",
    "6291d657deec24024827e69c3abe01a30ce548a284743a445e3680d7db5ac3ac18ff9b538d16f290ae67f760984dc6594a7c15e9716ed28dc027beceea1ec40a",
  ],
];
const otherSeed = new Uint8Array(32).fill(7);

for (const [name, backend] of Object.entries(backends)) {
  test(`${name}: RFC 8032 vectors`, async () => {
    for (const [seed, publicKey, text, signature] of VECTORS) {
      assert.equal(hex(await backend.publicKeyOf(unhex(seed))), publicKey);
      assert.equal(hex(await backend.sign(unhex(seed), unhex(text))), signature);
      assert.equal(await verify(unhex(publicKey), unhex(text), unhex(signature), backend), true);
    }
  });

  test(`${name}: another message, key or signature does not verify`, async () => {
    const seed = crypto.getRandomValues(new Uint8Array(32));
    const [publicKey, signature] = [await publicKeyOf(seed), await sign(seed, message)];
    assert.equal(await verify(publicKey, message, signature, backend), true);
    assert.equal(await verify(publicKey, utf8("another"), signature, backend), false);
    assert.equal(await verify(await publicKeyOf(otherSeed), message, signature, backend), false);
    for (let i = 0; i < 64; i += 1) {
      const changed = Uint8Array.from(signature, (byte, at) => (at === i ? byte ^ 1 : byte));
      assert.equal(await verify(publicKey, message, changed, backend), false);
    }
  });

  test(`${name}: S at or above the group order is refused`, async () => {
    const seed = crypto.getRandomValues(new Uint8Array(32));
    const [publicKey, signature] = [await publicKeyOf(seed), await sign(seed, message)];
    const more = concat(signature.subarray(0, 32), little(number(signature.subarray(32)) + L));
    assert.equal(await verify(publicKey, message, more, backend), false);
    const order = concat(signature.subarray(0, 32), little(L));
    assert.equal(await verify(publicKey, message, order, backend), false);
  });

  test(`${name}: keys and R of small order are refused in every encoding`, async () => {
    const seed = crypto.getRandomValues(new Uint8Array(32));
    const signature = await sign(seed, message);
    for (const point of smallOrderEncodings()) {
      assert.equal(await verify(point, message, concat(point, new Uint8Array(32)), backend), false);
      const forged = concat(point, signature.subarray(32));
      assert.equal(await verify(await publicKeyOf(seed), message, forged, backend), false);
    }
  });

  test(`${name}: coordinates that are not reduced are refused`, async () => {
    const signature = await sign(crypto.getRandomValues(new Uint8Array(32)), message);
    for (let y = P; y < 2n ** 255n; y += 1n) {
      for (const point of [little(y), signBit(little(y))]) {
        assert.equal(await verify(point, message, signature, backend), false);
      }
    }
  });

  test(`${name}: bytes that are not on the curve are refused, not thrown`, async () => {
    const signature = await sign(crypto.getRandomValues(new Uint8Array(32)), message);
    assert.equal(await verify(little(2n), message, signature, backend), false);
  });

  test(`${name}: what holds only with the cofactor is refused, what holds without is accepted`, async () => {
    const cases = mixedOrderSignatures();
    assert.ok(cases.some(({ plain }) => plain) && cases.some(({ plain }) => !plain));
    for (const { publicKey, signature, plain } of cases) {
      assert.equal(await verify(publicKey, message, signature, backend), plain);
    }
  });
}

test("wrong sizes are an error, not an answer", async () => {
  await assert.rejects(verify(new Uint8Array(31), message, new Uint8Array(64)), { code: "length" });
  await assert.rejects(verify(new Uint8Array(32), message, new Uint8Array(63)), { code: "length" });
});

/** The eight points of small order, canonical or not, with either sign bit. */
function smallOrderEncodings() {
  const torsion = torsionPoint();
  const ys = new Set([0n, 1n]);
  for (let i = 1n; i < 8n; i += 1n) ys.add(torsion.multiplyUnsafe(i).toAffine().y);
  const encodings = [...ys, ...[...ys].map((y) => y + P).filter((y) => y < 2n ** 255n)].map(little);
  return encodings.flatMap((bytes) => [bytes, signBit(bytes)]);
}

/** A point of order eight. */
function torsionPoint() {
  const y = 2707385501144840649318225287225658788936804267575313519463743609750303402022n;
  return ed25519.Point.fromBytes(little(y));
}

/** Signatures under keys with a part of small order: `plain` where the equation holds without the cofactor. */
function mixedOrderSignatures() {
  const { BASE } = ed25519.Point;
  const [a, r] = [123456789n, 987654321n];
  const key = BASE.multiply(a).add(torsionPoint());
  return Array.from({ length: 24 }, (_, i) => {
    const shifted = BASE.multiply(r + BigInt(i));
    const k = number(sha512(concat(shifted.toBytes(), key.toBytes(), message))) % L;
    const s = (r + BigInt(i) + k * a) % L;
    return { publicKey: key.toBytes(), signature: concat(shifted.toBytes(), little(s)), plain: k % 8n === 0n };
  });
}
