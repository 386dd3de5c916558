// Opening exports, whole and damaged: what is wrong with one record never stops the rest.
import assert from "node:assert/strict";
import { before, test } from "node:test";
import { concat, hex, utf8 } from "../../organizing/static/organizing/js/core/encoding.js";
import { openForAudience } from "../../organizing/static/organizing/js/core/opening.js";
import {
  attest,
  exportOf,
  makeCampaign,
  naming,
  nullifierOfWorker,
  obtain,
  readerOf,
  signatureRecord,
  withdrawalRecord,
} from "./campaign.mjs";

let campaign;
let ana;
let ben;
let chen;
before(async () => {
  campaign = await makeCampaign();
  ana = await obtain(campaign, { address: "Ana@example.com" });
  ben = await obtain(campaign);
  chen = await obtain(campaign);
});

const openBytes = (bytes, more = {}) =>
  openForAudience({ read: readerOf(bytes), size: bytes.length, key: campaign.key, ...more });
const openRecords = async (records, options) => openBytes(await exportOf(campaign, records, options));
const signed = (worker, name, options = {}) =>
  signatureRecord(campaign, worker, { ...(name && { named: { organizers: naming(worker, name) } }), ...options });
const idOf = async (worker) => hex(await nullifierOfWorker(campaign, worker)).slice(0, 32);
const flipped = (bytes, at) => Uint8Array.from(bytes, (byte, i) => (i === at ? byte ^ 1 : byte));
const standing = ({ totals: { A, B } }) => ({ anonymous: A.anonymous + B.anonymous, named: A.named + B.named });

test("anonymous signers are numbers, named ones are rows that say how they were verified", async () => {
  const progress = [];
  const bytes = await exportOf(campaign, [await signed(ana, "Ana"), await signed(ben, "Ben"), await signed(chen)]);
  const opened = await openBytes(bytes, { onProgress: (done, total) => progress.push(done / total) });
  assert.deepEqual(opened.totals, {
    A: { anonymous: 1, named: 1, unreadable: 0 },
    B: { anonymous: 0, named: 1, unreadable: 0 },
  });
  assert.deepEqual([opened.problems, opened.withdrawn, opened.replaced, progress.at(-1)], [[], 0, 0, 1]);
  const rows = Object.fromEntries(opened.named.map((row) => [row.name, row]));
  assert.deepEqual(
    [rows.Ana.verified, rows.Ana.address, rows.Ana.reason, rows.Ana.issuerClass],
    ["address", "ana@example.com", "", "B"],
  );
  assert.deepEqual([rows.Ben.verified, rows.Ben.address, rows.Ben.record], ["employment", "", await idOf(ben)]);
});

test("damaged records are reported by record id, and the rest is opened", async () => {
  const records = [await signed(ana, "Ana"), await signed(ben, "Ben"), await signed(chen, "Chen")];
  const end = records[0].length;
  const damage = {
    1: "record-malformed",
    2: "record-foreign",
    34: "record-class",
    35: "record-signature",
    71: "record-signature",
    600: "record-signature",
  };
  for (const [at, code] of Object.entries({ ...damage, [end - 1]: "record-signature" })) {
    const opened = await openRecords([flipped(records[0], Number(at)), records[1], records[2]]);
    assert.deepEqual(standing(opened), { anonymous: 0, named: 2 });
    assert.deepEqual([opened.problems[0].code, opened.problems[0].record], [code, await idOf(ana)]);
  }
});

test("a token of another class or petition is dropped", async () => {
  const foreign = await makeCampaign();
  const stranger = await obtain(foreign);
  const wrongClass = await signed({ ...ben, issuerClass: "B" }, "Ben");
  const opened = await openRecords([wrongClass, await signed(chen), await signatureRecord(foreign, stranger)]);
  assert.deepEqual(standing(opened), { anonymous: 1, named: 0 });
  assert.deepEqual(opened.problems.map(({ code }) => code).sort(), ["record-foreign", "record-token"]);
});

test("of several versions the highest stands, in any order of the file", async () => {
  const versions = await Promise.all([1, 2, 3].map((version) => signed(ana, `Ana ${version}`, { version })));
  const nullified = await Promise.all(
    [
      [0, 1, 2],
      [2, 1, 0],
      [1, 2, 0],
    ].map((order) => openRecords(order.map((i) => versions[i]))),
  );
  for (const opened of nullified)
    assert.deepEqual([opened.named.map(({ name }) => name), opened.replaced], [["Ana 3"], 2]);
});

test("a withdrawn signature does not come back, unless it was signed again with a higher version", async () => {
  const records = [await signed(ana, "Ana"), await withdrawalRecord(campaign, ana, 2), await signed(ben)];
  const opened = await openRecords(records);
  assert.deepEqual([standing(opened), opened.withdrawn], [{ anonymous: 1, named: 0 }, 1]);
  const again = await openRecords([...records, await signed(ana, "Ana again", { version: 3 })]);
  assert.deepEqual([again.named[0].name, again.withdrawn], ["Ana again", 0]);
});

test("a file out of order is said to be so and read to the same result", async () => {
  const records = [
    await signed(ana, "Ana 1"),
    await signed(ben),
    await withdrawalRecord(campaign, chen, 2),
    await signed(ana, "Ana 2", { version: 2 }),
    await signed(chen),
    await signed(ben),
  ];
  const opened = await openRecords(records, { sorted: false });
  assert.deepEqual(
    opened.problems.map(({ code }) => code),
    ["export-order"],
  );
  assert.deepEqual([standing(opened), opened.withdrawn, opened.replaced], [{ anonymous: 1, named: 1 }, 1, 3]);
  assert.equal(opened.named[0].name, "Ana 2");
});

test("a name with somebody else's attestation is not verified", async () => {
  const stolen = await signed(ben, "Ben", { named: { organizers: naming(ana, "Ben") } });
  const [row] = (await openRecords([stolen])).named;
  assert.deepEqual([row.verified, row.reason, row.address], ["none", "attestation-foreign", ""]);
});

test("a name with a false, foreign or misplaced attestation is not verified", async () => {
  const other = await makeCampaign();
  const commitment = ben.attestation.subarray(290, 322);
  const cases = {
    "attestation-signature": flipped(ben.attestation, 40),
    "attestation-class": await attest(campaign, { method: 2, subject: "ben@example.com", commitment }),
    "attestation-manifest": await attest(
      { ...campaign, manifest: other.manifest },
      { method: 1, subject: "", commitment },
    ),
    "attestation-malformed": await attest(campaign, { method: 1, subject: "x", commitment }),
  };
  for (const [reason, attestation] of Object.entries(cases)) {
    const [row] = (await openRecords([await signed({ ...ben, attestation }, "Ben")])).named;
    assert.deepEqual([row.verified, row.reason], ["none", reason]);
  }
});

test("one address in two rows is flagged, and both are shown", async () => {
  const again = await obtain(campaign, { address: "ana+2@example.com" });
  const opened = await openRecords([await signed(ana, "Ana"), await signed(again, "Anna"), await signed(ben, "Ben")]);
  assert.deepEqual(opened.named.map(({ name, repeated }) => `${name} ${repeated}`).sort(), [
    "Ana true",
    "Anna true",
    "Ben false",
  ]);
});

test("an envelope moved to another signature is counted, reported, and names nobody", async () => {
  const strange = await makeCampaign();
  const badKey = {
    ...campaign,
    manifest: { ...campaign.manifest, audiences: [{ id: "organizers", key: strange.key.publicKey }] },
  };
  const record = await signatureRecord(badKey, ana, { named: { organizers: naming(ana, "Ana") } });
  const opened = await openRecords([record, await signed(ben)]);
  assert.deepEqual(opened.totals.B, { anonymous: 0, named: 0, unreadable: 1 });
  assert.deepEqual([opened.problems[0].code, opened.problems[0].record], ["envelope-sealed", await idOf(ana)]);
});

test("a file that was cut short or changed says so, and its whole records count", async () => {
  const records = [await signed(ana, "Ana"), await signed(ben)];
  const whole = await exportOf(campaign, records);
  const codes = async (bytes) => (await openBytes(bytes)).problems.map(({ code }) => code);
  assert.deepEqual(await codes(whole.subarray(0, whole.length - 3255)), ["export-cut"]);
  assert.deepEqual(await codes(whole.subarray(0, whole.length - 1)), ["export-cut"]);
  assert.deepEqual(await codes(flipped(whole, whole.length - 3255 + 8)), ["export-count"]);
  assert.deepEqual(await codes(flipped(whole, whole.length - 3255 + 1)), ["export-count"]);
  assert.deepEqual(await codes(flipped(whole, whole.length - 3255 + 20)), ["export-hash"]);
  assert.deepEqual(await codes(flipped(whole, whole.length - 1)), ["export-hash"]);
  const short = await openBytes(whole.subarray(0, whole.length - 3255 - 1));
  assert.equal(standing(short).anonymous + standing(short).named, 1);
});

test("what is not an export, or not for this key, is refused at once", async () => {
  const whole = await exportOf(campaign, []);
  await assert.rejects(openBytes(utf8("x".repeat(99))), { code: "export-magic" });
  await assert.rejects(openBytes(whole.subarray(0, 10)), { code: "export-magic" });
  await assert.rejects(openBytes(whole.subarray(0, 100)), { code: "export-cut" });
  const other = await makeCampaign({ classB: false });
  await assert.rejects(openBytes(whole, { key: other.key }), { code: "key-foreign" });
  await assert.rejects(openBytes(whole, { key: { ...campaign.key, audience: "press" } }), { code: "key-foreign" });
  assert.deepEqual(standing(await openBytes(whole)), { anonymous: 0, named: 0 });
});

test("memory does not grow with the file: no read is larger than a chunk", async () => {
  const record = await signed(ben);
  const bytes = await exportOf(
    campaign,
    Array.from({ length: 200 }, () => record),
  );
  let largest = 0;
  const read = async (offset, length) => {
    largest = Math.max(largest, length);
    return readerOf(bytes)(offset, length);
  };
  const opened = await openForAudience({ read, size: bytes.length, key: campaign.key });
  assert.deepEqual([standing(opened), opened.replaced], [{ anonymous: 1, named: 0 }, 199]);
  assert.ok(largest <= 64 * 3255);
});

test("a withdrawal record with a wrong form is reported", async () => {
  const good = await withdrawalRecord(campaign, ana, 2);
  const opened = await openRecords([flipped(good, 100), await signed(ben)]);
  assert.deepEqual(
    opened.problems.map(({ code, record }) => [code, record]),
    [["record-malformed", await idOf(ana)]],
  );
  const kind = await openRecords([concat(Uint8Array.of(7), (await signed(ana)).subarray(1)), await signed(ben)]);
  assert.deepEqual(
    kind.problems.map(({ code, record }) => [code, record]),
    [["record-kind", await idOf(ana)]],
  );
});
