// A whole site in miniature for the tests: issuer keys, a manifest, an issuing side, and exports.
import { newSecret } from "../../organizing/static/organizing/js/core/secret.js";
import * as client from "../../organizing/static/organizing/js/core/client.js";
import { publicKeyOf, sign } from "../../organizing/static/organizing/js/core/ed25519.js";
import {
  b64u,
  bigIntToBytes,
  bytesToBigInt,
  concat,
  padded,
  toNumber,
  u16,
  u32,
  u8,
  unb64u,
  utf8,
  zeros,
} from "../../organizing/static/organizing/js/core/encoding.js";
import { newAudienceKey } from "../../organizing/static/organizing/js/core/envelope.js";
import { label, sha256 } from "../../organizing/static/organizing/js/core/hashing.js";
import { recordSize } from "../../organizing/static/organizing/js/core/record.js";

export const PAPER_CODE = "7KQ2-M9XV-3RTD-8WPA";
export const CONSENT = "You may tell the organizers my name.";
export const TEXT = utf8(
  JSON.stringify({
    addressee: "The board",
    body: "Stop.",
    consent: { organizers: CONSENT },
    demands: ["Stop."],
    language: "en",
    title: "Stop it",
  }),
);

/** `base^exponent mod modulus`, for the issuer's private operation. */
export function powMod(base, exponent, modulus) {
  let [result, power] = [1n, base % modulus];
  for (let bits = exponent; bits > 0n; bits >>= 1n) {
    if (bits & 1n) result = (result * power) % modulus;
    power = (power * power) % modulus;
  }
  return result;
}

/** @returns {Promise<{modulus: Uint8Array, d: bigint}>} a fresh 3072-bit key with e = 65537 */
export async function newIssuer() {
  const algorithm = { name: "RSA-PSS", modulusLength: 3072, publicExponent: Uint8Array.of(1, 0, 1), hash: "SHA-384" };
  const pair = await crypto.subtle.generateKey(algorithm, true, ["sign", "verify"]);
  const jwk = await crypto.subtle.exportKey("jwk", pair.privateKey);
  return { modulus: unb64u(jwk.n), d: bytesToBigInt(unb64u(jwk.d)) };
}

/** The issuer's half: BlindSign of RFC 9474 §4.3. */
export const blindSign = ({ modulus, d }, blinded) =>
  bigIntToBytes(powMod(bytesToBigInt(blinded), d, bytesToBigInt(modulus)), modulus.length);

/** The JSON object of a manifest, before it is frozen; `change` may spoil it. */
async function manifestJson({ issuers, audiences, attestationSeed }) {
  return {
    format: "roundrobin-manifest/1",
    petition: b64u(crypto.getRandomValues(new Uint8Array(16))),
    texts: [{ language: "en", sha256: b64u(await sha256(TEXT)) }],
    issuers: Object.entries(issuers).map(([name, { modulus }]) => ({ class: name, n: b64u(modulus) })),
    methods: Object.keys(issuers).map((name) => ({ A: 1, B: 2 })[name]),
    attestation_key: b64u(await publicKeyOf(attestationSeed)),
    audiences: audiences.map(({ id, publicKey }) => ({ id, key: b64u(publicKey) })),
    units: [{ id: b64u(utf8("unit-sixteen-byt")), name: "Warehouse" }],
    mail_domains: ["example.com"],
    ...{ k: 5, epoch_seconds: 120, issuing_origin: "", sending_origin: "https://send.example.org" },
    ...{ opens: "2026-01-01T00:00:00Z", issuing_ends: "2027-01-01T00:00:00Z", sending_ends: "2027-01-08T00:00:00Z" },
    sizes: {
      answer: 1536,
      code: 512,
      issue: 1024,
      slot: 2672,
      send: Math.ceil((630 + 2672 * audiences.length) / 1024) * 1024,
    },
  };
}

/** @returns {Promise<object>} keys, manifest and the actions below */
export async function makeCampaign({ classB = true, audienceIds = ["organizers"], change = (json) => json } = {}) {
  const issuers = { A: await newIssuer(), ...(classB && { B: await newIssuer() }) };
  const audiences = await Promise.all(audienceIds.map(async (id) => ({ id, ...(await newAudienceKey()) })));
  const attestationSeed = crypto.getRandomValues(new Uint8Array(32));
  const json = await manifestJson({ issuers, audiences, attestationSeed });
  const manifest = await client.parseManifest(utf8(JSON.stringify(change(json))));
  return { issuers, audiences, attestationSeed, manifest, json, key: { audience: audiences[0].id, ...audiences[0] } };
}

/** @returns {Promise<Uint8Array>} 386 bytes */
export async function attest({ manifest, attestationSeed }, { method, subject, commitment }) {
  const bytes = utf8(subject);
  const signed = concat(u8(1), manifest.hash, u8(method), u16(bytes.length), padded(bytes, 254), commitment);
  return concat(signed, await sign(attestationSeed, concat(label("attestation"), signed)));
}

/** Answers an issue request without looking at the proof. */
export async function issueAnswer(campaign, body) {
  const method = body[33];
  const proof = body.subarray(36, 36 + toNumber(body.subarray(34, 36)));
  const subject = method === 2 ? new TextDecoder().decode(proof.subarray(0, proof.indexOf(0))) : "";
  const attestation = await attest(campaign, { method, subject, commitment: body.subarray(354, 386) });
  const signature = blindSign(campaign.issuers[method === 2 ? "B" : "A"], body.subarray(386, 770));
  return { attestation: b64u(attestation), blind_signature: b64u(signature) };
}

/** One worker who obtains a credential. @returns {Promise<object>} secret, token, attestation, issuerClass */
export async function obtain(campaign, { address = null } = {}) {
  const { manifest } = campaign;
  const secret = newSecret();
  const given = address
    ? { method: 2, proof: { address, code: "ABCDE-FGHJK" } }
    : { method: 1, proof: { code: PAPER_CODE } };
  const { body, state } = await client.prepareIssue({ secret, manifest, ...given });
  return { secret, ...(await client.finishIssue({ state, answer: await issueAnswer(campaign, body) })) };
}

/** What a worker tells one audience. */
export const naming = (worker, name, more = {}) => ({
  ...{ name, jobTitle: "Packer", site: "Hall 4", language: "en", day: "2026-11-24", consentSentence: CONSENT },
  attestation: worker.attestation,
  ...more,
});

/** @returns {Promise<Uint8Array>} the record of an export for one signature */
export async function signatureRecord({ manifest }, worker, { version = 1, named = {} } = {}) {
  const { body } = await client.prepareSend({ ...worker, manifest, version, named });
  return concat(u8(1), body.subarray(0, recordSize(manifest) - 1));
}

/** @returns {Promise<Uint8Array>} the record of an export for one withdrawal */
export async function withdrawalRecord({ manifest }, worker, version) {
  const nullifier = await nullifierOfWorker({ manifest }, worker);
  return padded(concat(u8(2), nullifier, u32(version)), recordSize(manifest));
}

export async function nullifierOfWorker({ manifest }, worker) {
  const { body } = await client.prepareStatus({ ...worker, manifest });
  return sha256(u8(1), manifest.hash, body.subarray(33, 65));
}

/** The nullifier of a record as an exporter sorts it. */
async function sortKey(manifest, record) {
  return record[0] === 2 ? record.subarray(1, 33) : sha256(u8(1), manifest.hash, record.subarray(39, 71));
}

/** @returns {Promise<Uint8Array>} an export with the records in the right order, or as they are */
export async function exportOf({ manifest }, records, { sorted = true } = {}) {
  const keyed = await Promise.all(records.map(async (record) => [sortable(await sortKey(manifest, record)), record]));
  if (sorted) keyed.sort(([a], [b]) => (a < b ? -1 : 1));
  const body = concat(
    utf8("RREXPORT"),
    u32(1),
    u32(manifest.bytes.length),
    manifest.bytes,
    ...keyed.map(([, record]) => record),
  );
  const trailer = concat(u8(255), zeros(4), u32(records.length), await sha256(body));
  return concat(body, padded(trailer, recordSize(manifest)));
}

const sortable = (bytes) => bytesToBigInt(bytes).toString(16).padStart(64, "0");

/** @returns {(offset: number, length: number) => Promise<Uint8Array>} */
export const readerOf = (bytes) => async (offset, length) => bytes.subarray(offset, offset + length);
