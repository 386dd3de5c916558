// One signer's whole way, with the fields at the offsets that docs/protocol.md gives.
import assert from "node:assert/strict";
import { before, test } from "node:test";
import * as client from "../../organizing/static/organizing/js/core/client.js";
import { verify } from "../../organizing/static/organizing/js/core/ed25519.js";
import {
  b64u,
  concat,
  equal,
  hex,
  isZero,
  toNumber,
  utf8,
} from "../../organizing/static/organizing/js/core/encoding.js";
import { label, sha256 } from "../../organizing/static/organizing/js/core/hashing.js";
import { derive } from "../../organizing/static/organizing/js/core/secret.js";
import { PAPER_CODE, TEXT, issueAnswer, makeCampaign, naming, obtain } from "./campaign.mjs";

let campaign;
let manifest;
let worker;
before(async () => {
  campaign = await makeCampaign();
  manifest = campaign.manifest;
  worker = await obtain(campaign, { address: "Ana+x@example.com" });
});

const at = (body, offset, length) => body.subarray(offset, offset + length);
const padAnswer = (json) => utf8(JSON.stringify(json).padEnd(1536, " "));

test("asking for a mailbox code", () => {
  const body = client.prepareCode({ manifest, language: "en", address: " Ana+x@Example.com" });
  assert.equal(body.length, 512);
  assert.deepEqual(at(body, 0, 33), concat(Uint8Array.of(1), manifest.hash));
  assert.deepEqual(at(body, 33, 16), concat(utf8("en"), new Uint8Array(14)));
  assert.deepEqual(at(body, 49, 17), concat(Uint8Array.of(0, 15), utf8("ana@example.com")));
  assert.ok(isZero(body.subarray(66)));
});

test("an interrupted issue is taken up with the same bytes", async () => {
  const request = { secret: client.newSecret(), manifest, method: 1, proof: { code: PAPER_CODE } };
  const [first, again] = [
    await client.prepareIssue(request),
    await client.prepareIssue({ ...request, proof: { code: " 7kq2m9xv3rtd8wpa" } }),
  ];
  assert.equal(first.body.length, 1024);
  assert.deepEqual(first.body, again.body);
  const answer = await issueAnswer(campaign, first.body);
  const [token, same] = [
    await client.finishIssue({ state: first.state, answer }),
    await client.finishIssue({ state: again.state, answer }),
  ];
  assert.deepEqual(token, same);
});

test("the two issuers see blinded messages that have nothing in common", async () => {
  const secret = client.newSecret();
  const paper = await client.prepareIssue({ secret, manifest, method: 1, proof: { code: PAPER_CODE } });
  const mailbox = await client.prepareIssue({
    secret,
    manifest,
    method: 2,
    proof: { code: "ABCDE-FGHJK", address: "a@example.com" },
  });
  assert.notEqual(paper.state.inverse, mailbox.state.inverse);
  assert.ok(!equal(at(paper.body, 386, 384), at(mailbox.body, 386, 384)));
});

test("an answer that is not the one asked for is refused", async () => {
  const request = { secret: client.newSecret(), manifest, method: 1, proof: { code: PAPER_CODE } };
  const { body, state } = await client.prepareIssue(request);
  const other = await client.prepareIssue({ ...request, secret: client.newSecret() });
  const [good, foreign] = [await issueAnswer(campaign, body), await issueAnswer(campaign, other.body)];
  const wrong = [
    { ...good, attestation: foreign.attestation },
    { ...good, blind_signature: foreign.blind_signature },
    { ...good, attestation: "AAAA" },
    {},
  ];
  for (const answer of wrong) await assert.rejects(client.finishIssue({ state, answer }), { code: "wrong-answer" });
});

test("a send request has every field in its place", async () => {
  const { body, recordId } = await client.prepareSend({ ...worker, manifest, version: 3, unit: manifest.units[0].id });
  assert.equal(body.length, 4096);
  const publicKey = at(body, 38, 32);
  assert.deepEqual(at(body, 0, 33), concat(Uint8Array.of(1), manifest.hash));
  assert.deepEqual([body[33], toNumber(at(body, 34, 4))], [2, 3]);
  assert.deepEqual(at(body, 70, 32), await derive(worker.secret, manifest.hash, "prefix", 32));
  assert.deepEqual(at(body, 102, 384), worker.token);
  assert.deepEqual(at(body, 582 + 2672, 16), manifest.units[0].id);
  const randomness = at(body, 598 + 2672, 32);
  assert.deepEqual(at(body, 486, 32), await sha256(label("unit"), randomness, manifest.units[0].id));
  assert.equal(
    await verify(publicKey, concat(label("send"), body.subarray(0, 518 + 2672)), at(body, 518 + 2672, 64)),
    true,
  );
  assert.equal(recordId, hex(await sha256(Uint8Array.of(1), manifest.hash, publicKey)).slice(0, 32));
  assert.ok(isZero(body.subarray(630 + 2672)));
});

test("a named and an anonymous signature have the same size, and no unit is a unit of zeros", async () => {
  const named = { organizers: naming(worker, "Ana López") };
  const [open, sealed] = [
    await client.prepareSend({ ...worker, manifest, version: 1, named }),
    await client.prepareSend({ ...worker, manifest, version: 1 }),
  ];
  assert.equal(open.body.length, sealed.body.length);
  assert.ok(isZero(at(sealed.body, 582 + 2672, 16)));
  assert.ok(!Buffer.from(open.body).includes("Ana"));
});

test("status and withdrawal are signed under labels of their own", async () => {
  const { body: status } = await client.prepareStatus({ ...worker, manifest });
  assert.equal(
    await verify(at(status, 33, 32), concat(label("status"), status.subarray(0, 65)), at(status, 65, 64)),
    true,
  );
  assert.ok(status.length === 4096 && isZero(status.subarray(129)));
  const { body } = await client.prepareWithdraw({ ...worker, manifest, version: 2 });
  assert.equal(await verify(at(body, 37, 32), concat(label("withdraw"), body.subarray(0, 69)), at(body, 69, 64)), true);
  assert.deepEqual([toNumber(at(body, 33, 4)), body.length], [2, 4096]);
  assert.deepEqual(at(body, 133, 32), await derive(worker.secret, manifest.hash, "unit", 32));
});

test("names that are too long, empty, or for somebody unknown are refused", async () => {
  const send = (named) => client.prepareSend({ ...worker, manifest, version: 1, named });
  await assert.rejects(send({ organizers: naming(worker, "é".repeat(101)) }), { code: "field-length" });
  await assert.rejects(send({ organizers: naming(worker, " \n ") }), { code: "field-length" });
  await assert.rejects(
    send({ organizers: naming(worker, '"'.repeat(200), { jobTitle: '"'.repeat(200), site: '"'.repeat(200) }) }),
    { code: "too-long" },
  );
  await assert.rejects(send({ press: naming(worker, "Ana") }), { code: "audience" });
});

test("answers are read, errors say whether to wait", () => {
  assert.deepEqual(client.readStanding(client.readAnswer(200, padAnswer({ status: "held", version: 2 }))), {
    status: "held",
    version: 2,
  });
  assert.deepEqual(client.readStanding(client.readAnswer(200, padAnswer({ status: "unknown" }))), {
    status: "unknown",
    version: 0,
  });
  const error = (code, status) => {
    try {
      return client.readAnswer(status, padAnswer({ error: code }));
    } catch (thrown) {
      return thrown;
    }
  };
  assert.ok(error("busy", 429).retryable && !error("refused", 403).retryable);
  assert.ok(error("stale", 409) instanceof client.AnswerError);
  const malformed = [utf8("{}"), padAnswer({ error: "odd" }), utf8("x".padEnd(1536)), utf8("null".padEnd(1536))];
  for (const bytes of malformed) assert.throws(() => client.readAnswer(500, bytes), { code: "answer-malformed" });
  assert.throws(() => client.readStanding({ status: "held", version: "2" }), { code: "answer-malformed" });
});

test("a link without its hash, or with another, is warned about", () => {
  const link = client.readFragment(`#m=${b64u(manifest.hash)}&c=${PAPER_CODE}`);
  assert.deepEqual([client.linkWarning(manifest, link), link.code], [null, PAPER_CODE]);
  const warned = (fragment) => client.linkWarning(manifest, client.readFragment(fragment));
  assert.equal(warned(`#m=${b64u(new Uint8Array(32))}`), "different");
  for (const fragment of ["", "#", "#c=AAAA"]) assert.equal(warned(fragment), "missing");
});

test("a link whose hash was cut, stretched or mistyped is not one without a hash", () => {
  const whole = b64u(manifest.hash);
  const damaged = ["", "AAAA", whole.slice(0, 42), `${whole}A`, `${whole}.`, `${whole.slice(0, 42)}!`];
  for (const text of damaged) {
    assert.equal(client.linkWarning(manifest, client.readFragment(`#m=${text}&c=${PAPER_CODE}`)), "damaged");
  }
});

test("a text is read only where it is the one that the manifest names", async () => {
  assert.equal((await client.readText(manifest, "en", TEXT)).title, "Stop it");
  await assert.rejects(client.readText(manifest, "en", concat(TEXT, utf8(" "))), { code: "text-hash" });
  await assert.rejects(client.readText(manifest, "fr", TEXT), { code: "language" });
});

test("each side is reached at its own origin", () => {
  const url = (operation) => client.endpoint(manifest, "abc", operation, "https://here.example");
  assert.equal(url("issue"), "https://here.example/p/abc/issue");
  assert.equal(url("withdraw"), "https://send.example.org/p/abc/withdraw");
});
