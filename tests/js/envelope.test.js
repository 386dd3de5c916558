import assert from "node:assert/strict";
import { before, test } from "node:test";
import { concat, u16, u8, utf8 } from "../../organizing/static/organizing/js/core/encoding.js";
import {
  audiencePublicKey,
  envelopeInfo,
  importSeed,
  newAudienceKey,
  open,
  readSlot,
  seal,
  sealEnvelope,
  slotPlaintext,
} from "../../organizing/static/organizing/js/core/envelope.js";
import { makeCampaign } from "./campaign.mjs";

const INFO = utf8("context");
const PLAIN = crypto.getRandomValues(new Uint8Array(1536));
let key;
let recipient;
before(async () => {
  key = await newAudienceKey();
  recipient = await importSeed(key.seed);
});

const named = (changes = {}) => ({
  ...{ name: "Ana", jobTitle: "Packer", site: "", language: "en", day: "2026-11-24" },
  ...{
    textHash: new Uint8Array(32),
    consentHash: new Uint8Array(32),
    attestation: new Uint8Array(386),
    opening: new Uint8Array(32),
  },
  ...changes,
});

test("a slot is 2672 bytes, opens with its key, and is never the same twice", async () => {
  const [first, second] = [await seal(key.publicKey, INFO, PLAIN), await seal(key.publicKey, INFO, PLAIN)];
  assert.equal(first.length, 2672);
  assert.notDeepEqual(first, second);
  assert.deepEqual(await open(recipient, INFO, first), PLAIN);
});

test("an opened slot opens again after another key was used", async () => {
  const other = await newAudienceKey();
  const sealed = [await seal(key.publicKey, INFO, PLAIN), await seal(other.publicKey, INFO, PLAIN)];
  const keys = [recipient, await importSeed(other.seed)];
  for (const i of [0, 1, 0]) assert.deepEqual(await open(keys[i], INFO, sealed[i]), PLAIN);
});

test("another key, another context or a changed byte does not open", async () => {
  const sealed = await seal(key.publicKey, INFO, PLAIN);
  const other = await importSeed((await newAudienceKey()).seed);
  await assert.rejects(open(other, INFO, sealed), { code: "envelope-sealed" });
  await assert.rejects(open(recipient, utf8("other"), sealed), { code: "envelope-sealed" });
  for (const at of [0, 1087, 1088, 1119, 1120, 2671]) {
    const changed = Uint8Array.from(sealed, (byte, i) => (i === at ? byte ^ 1 : byte));
    await assert.rejects(open(recipient, INFO, changed), { code: "envelope-sealed" });
  }
  await assert.rejects(open(recipient, INFO, new Uint8Array(2672)), { code: "envelope-sealed" });
});

test("a public key comes back from its seed", async () => {
  assert.deepEqual(await audiencePublicKey(key.seed), key.publicKey);
});

test("the context names manifest, audience and signature", () => {
  const [manifestHash, publicKey] = [new Uint8Array(32).fill(1), new Uint8Array(32).fill(2)];
  const info = envelopeInfo(manifestHash, "press", publicKey);
  assert.deepEqual(info, concat(utf8("roundrobin/v1/envelope"), manifestHash, u8(5), utf8("press"), publicKey));
});

test("every audience has a slot, in the order of the manifest, and reads its own only", async () => {
  const { manifest, audiences } = await makeCampaign({ classB: false, audienceIds: ["organizers", "press"] });
  const publicKey = new Uint8Array(32).fill(9);
  const envelope = await sealEnvelope(manifest, publicKey, { press: named() });
  assert.equal(envelope.length, 2 * 2672);
  const slot = async (i, of = i) => {
    const info = envelopeInfo(manifest.hash, audiences[of].id, publicKey);
    return readSlot(
      await open(await importSeed(audiences[of].seed), info, envelope.subarray(i * 2672, (i + 1) * 2672)),
    );
  };
  assert.equal(await slot(0), null);
  assert.equal((await slot(1)).name, "Ana");
  await assert.rejects(slot(1, 0), { code: "envelope-sealed" });
});

test("a slot keeps what it was told, without control characters", () => {
  const slot = readSlot(slotPlaintext(named({ name: "  Ana\u0000\n  Lo\u0301pez " })));
  assert.deepEqual(slot, named({ name: "Ana López" }));
  assert.equal(readSlot(slotPlaintext(null)), null);
});

test("a plaintext with a wrong form is refused", () => {
  const padded = (...parts) => concat(...parts, new Uint8Array(1536)).subarray(0, 1536);
  const json = utf8(JSON.stringify({ name: "Ana" }));
  const good = slotPlaintext(named());
  const wrong = [
    padded(u8(2), u16(json.length), json),
    padded(u8(1), u16(1534)),
    padded(u8(1), u16(json.length), json),
    padded(u8(1), u16(4), utf8("null")),
    padded(u8(1), u16(2), utf8("{x")),
    padded(u8(1), u16(2), Uint8Array.of(255, 255)),
    Uint8Array.from(good, (byte, i) => (i === 1535 ? 1 : byte)),
  ];
  for (const plaintext of wrong) assert.throws(() => readSlot(plaintext), { code: "envelope-malformed" });
});
