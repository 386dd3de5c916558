// RFC 9474 test vectors (appendix A) and, in both directions, an independent implementation.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { RSABSSA } from "@cloudflare/blindrsa-ts";
import {
  blind,
  finalize,
  importModulus,
  inverseMod,
  pssEncode,
  verifyToken,
} from "../../organizing/static/organizing/js/core/blind.js";
import {
  b64u,
  bigIntToBytes,
  bytesToBigInt,
  concat,
  unhex,
} from "../../organizing/static/organizing/js/core/encoding.js";
import { newSecret, blindingFor } from "../../organizing/static/organizing/js/core/secret.js";
import { blindSign, newIssuer, powMod } from "./campaign.mjs";

const DEFAULT_VECTORS = new URL("../../../shared/vectors/rfc9474.json", import.meta.url);
// Read outside of any test: without the vectors the whole file fails.
const vectors = JSON.parse(readFileSync(process.env.RFC9474_VECTORS || DEFAULT_VECTORS, "utf8"));
const bytes = (text) => unhex(text.replace(/^0x/, ""));

test("all four variants of RFC 9474 are there", () => {
  const names = ["PSS-Randomized", "PSSZERO-Randomized", "PSS-Deterministic", "PSSZERO-Deterministic"];
  assert.deepEqual(
    vectors.map((vector) => vector.name),
    names.map((name) => `RSABSSA-SHA384-${name}`),
  );
});

for (const vector of vectors) {
  const [modulus, input, salt] = [bytes(vector.n), bytes(vector.input_msg), bytes(vector.salt)];
  const inverse = bytesToBigInt(bytes(vector.inv));
  const n = bytesToBigInt(modulus);

  test(`${vector.name}: the prepared message is prefix and message`, () => {
    assert.deepEqual(concat(bytes(vector.msg_prefix), bytes(vector.msg)), input);
  });

  test(`${vector.name}: EMSA-PSS-ENCODE`, async () => {
    const encoded = await pssEncode(input, n.toString(2).length - 1, salt);
    if (vector.encoded_msg) assert.deepEqual(encoded, bytes(vector.encoded_msg));
    assert.equal(powMod(bytesToBigInt(bytes(vector.sig)), 65537n, n), bytesToBigInt(encoded));
  });

  test(`${vector.name}: Blind`, async () => {
    const result = await blind(modulus, input, salt, inverseMod(inverse, n));
    assert.deepEqual(result.blinded, bytes(vector.blinded_msg));
    assert.equal(result.inverse, inverse);
  });

  test(`${vector.name}: BlindSign of the test issuer`, () => {
    assert.deepEqual(
      blindSign({ modulus, d: bytesToBigInt(bytes(vector.d)) }, bytes(vector.blinded_msg)),
      bytes(vector.blind_sig),
    );
  });

  test(`${vector.name}: Finalize and verify`, async () => {
    const token = await finalize(modulus, input, bytes(vector.blind_sig), inverse, salt.length);
    assert.deepEqual(token, bytes(vector.sig));
    assert.equal(await verifyToken(await importModulus(modulus), input, token, salt.length), true);
  });
}

const suite = RSABSSA.SHA384.PSS.Randomized();

async function oracleKeys() {
  return suite.generateKey({ modulusLength: 3072, publicExponent: Uint8Array.of(1, 0, 1) });
}

async function modulusOf(publicKey) {
  return new Uint8Array(Buffer.from((await crypto.subtle.exportKey("jwk", publicKey)).n, "base64url"));
}

test("our blinded message is signed by the oracle, and our token verifies there", async () => {
  const { publicKey, privateKey } = await oracleKeys();
  const modulus = await modulusOf(publicKey);
  for (let round = 0; round < 4; round += 1) {
    const input = crypto.getRandomValues(new Uint8Array(97));
    const { blindingFactor, salt } = await blindingFor(newSecret(), input.slice(0, 32), modulus);
    const { blinded, inverse } = await blind(modulus, input, salt, blindingFactor);
    const token = await finalize(modulus, input, await suite.blindSign(privateKey, blinded), inverse);
    assert.equal(await suite.verify(publicKey, token, input), true);
  }
});

test("the oracle's blinded message is signed by our issuer, and its token verifies here", async () => {
  const { modulus, d } = await newIssuer();
  const key = await crypto.subtle.importKey(
    "jwk",
    { kty: "RSA", n: b64u(modulus), e: "AQAB" },
    { name: "RSA-PSS", hash: "SHA-384" },
    true,
    ["verify"],
  );
  for (let round = 0; round < 4; round += 1) {
    const input = suite.prepare(crypto.getRandomValues(new Uint8Array(65)));
    const { blindedMsg, inv } = await suite.blind(key, input);
    const signature = blindSign({ modulus, d }, blindedMsg);
    const token = await suite.finalize(key, input, signature, inv);
    assert.equal(await verifyToken(await importModulus(modulus), input, token), true);
    assert.deepEqual(await finalize(modulus, input, signature, bytesToBigInt(inv)), token);
  }
});

test("a wrong blind signature is refused, whatever is wrong with it", async () => {
  const { modulus, d } = await newIssuer();
  const input = crypto.getRandomValues(new Uint8Array(97));
  const { blinded, inverse } = await blind(modulus, input, new Uint8Array(48), 12345n);
  const good = blindSign({ modulus, d }, blinded);
  const changed = good.slice();
  changed[383] ^= 1;
  const tooLarge = bigIntToBytes(bytesToBigInt(modulus), 384);
  for (const bad of [changed, tooLarge, good.subarray(1), new Uint8Array(384)]) {
    await assert.rejects(finalize(modulus, input, bad, inverse), { code: "wrong-signature" });
  }
});

test("a blinding factor without inverse is refused", async () => {
  const { modulus } = await newIssuer();
  await assert.rejects(blind(modulus, new Uint8Array(97), new Uint8Array(48), bytesToBigInt(modulus)), {
    code: "not-invertible",
  });
});
