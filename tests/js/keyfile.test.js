import assert from "node:assert/strict";
import { before, test } from "node:test";
import { utf8 } from "../../organizing/static/organizing/js/core/encoding.js";
import { newAudienceKey } from "../../organizing/static/organizing/js/core/envelope.js";
import {
  fingerprint,
  makeKeyFile,
  openKeyFile,
  readKeyFile,
} from "../../organizing/static/organizing/js/core/keyfile.js";

const PASSPHRASE = "correct horse ﬁve £";
let key;
let text;
const shares = [];
before(async () => {
  key = await newAudienceKey();
  text = await makeKeyFile({
    audience: "organizers",
    ...key,
    passphrase: PASSPHRASE,
    onProgress: (share) => shares.push(share),
  });
});

const changed = (change) => {
  const json = JSON.parse(text);
  change(json);
  return utf8(JSON.stringify(json));
};

test("a key file opens with its passphrase, however that was composed", async () => {
  const opened = await openKeyFile({ bytes: utf8(text), passphrase: "correct horse five £".normalize("NFD") });
  assert.deepEqual(opened, { audience: "organizers", ...key });
});

test("progress runs from little to all", () => {
  assert.ok(shares.length > 10 && shares[0] < 0.1 && shares.at(-1) === 1);
});

test("the file has the fields of the protocol and not the seed", () => {
  const json = JSON.parse(text);
  assert.deepEqual(Object.keys(json), ["format", "audience", "public_key", "kdf", "cipher", "ciphertext"]);
  assert.deepEqual({ ...json.kdf, salt: "" }, { name: "scrypt", n: 131072, r: 8, p: 1, salt: "" });
  assert.ok(!text.includes(Buffer.from(key.seed).toString("base64url")));
});

test("a wrong passphrase says so", async () => {
  await assert.rejects(openKeyFile({ bytes: utf8(text), passphrase: "wrong" }), { code: "passphrase" });
});

test("a public key that was swapped does not open", async () => {
  const other = (await newAudienceKey()).publicKey;
  const bytes = changed((json) => Object.assign(json, { public_key: Buffer.from(other).toString("base64url") }));
  await assert.rejects(openKeyFile({ bytes, passphrase: PASSPHRASE }), { code: "passphrase" });
});

test("what is not a key file is told before any passphrase is tried", () => {
  const wrong = [
    utf8("not json"),
    utf8("null"),
    Uint8Array.of(255),
    changed((json) => delete json.kdf),
    changed((json) => Object.assign(json.kdf, { n: 1 })),
    changed((json) => Object.assign(json.kdf, { n: 2 ** 30 })),
    changed((json) => Object.assign(json, { format: "roundrobin-key/2" })),
    changed((json) => Object.assign(json, { audience: "../x" })),
    changed((json) => Object.assign(json, { ciphertext: "AAAA" })),
  ];
  for (const bytes of wrong) assert.throws(() => readKeyFile(bytes), { code: "key-file" });
});

test("a fingerprint is 64 hexadecimal digits", async () => {
  assert.match(await fingerprint(key.publicKey), /^[0-9a-f]{64}$/);
});
