// Reading and checking the published manifest (docs/protocol.md section 3).
import { bytesToBigInt, equal, isZero, unb64u, utf8Text } from "./encoding.js";
import { ProtocolError } from "./errors.js";
import { sha256 } from "./hashing.js";

/** Bytes of one envelope slot: enc 1120, ciphertext 1536, tag 16. */
export const SLOT_BYTES = 2672;
/** Class of proof by method number (section 5), and its number in a send request (section 10). */
export const CLASS_OF_METHOD = { 1: "A", 2: "B" };
export const CLASS_NUMBER = { A: 1, B: 2 };

const FIXED_SIZES = { answer: 1536, code: 512, issue: 1024, slot: SLOT_BYTES };
const TIME = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/;

/** @param {number} audiences @returns {number} bytes of every request to the sending side */
export const sendSize = (audiences) => Math.ceil((630 + SLOT_BYTES * audiences) / 1024) * 1024;

/**
 * @typedef {object} Manifest
 * @property {Uint8Array} bytes exactly as received
 * @property {Uint8Array} hash 32 bytes, `mh`
 * @property {string} petition public id
 * @property {{language: string, hash: Uint8Array}[]} texts hash: 32 bytes
 * @property {{class: "A"|"B", modulus: Uint8Array}[]} issuers modulus: 384 bytes
 * @property {number[]} methods
 * @property {Uint8Array} attestationKey 32 bytes
 * @property {{id: string, key: Uint8Array}[]} audiences in slot order; key: 1216 bytes
 * @property {{id: Uint8Array, name: string}[]} units id: 16 bytes
 * @property {string[]} mailDomains
 * @property {number} k
 * @property {number} epochSeconds
 * @property {Date} opens
 * @property {Date} issuingEnds
 * @property {Date} sendingEnds
 * @property {string} issuingOrigin "" for the origin that served the manifest
 * @property {string} sendingOrigin
 * @property {{answer: number, code: number, issue: number, slot: number, send: number}} sizes
 */

function require(condition, key) {
  if (!condition) throw new ProtocolError("manifest-invalid", { key });
}

function listOf(value, key, read) {
  require(Array.isArray(value), key);
  return value.map((entry) => {
    require(entry !== null && entry !== undefined, key);
    return read(entry);
  });
}

function decoded(text, length, key) {
  try {
    return unb64u(text, length);
  } catch (error) {
    if (error instanceof ProtocolError) throw new ProtocolError("manifest-invalid", { key });
    throw error;
  }
}

function modulusOf(text) {
  const modulus = decoded(text, 384, "issuers");
  require(modulus[0] >= 128 && bytesToBigInt(modulus) % 2n === 1n, "issuers");
  return modulus;
}

function unitIdOf(text) {
  const id = decoded(text, 16, "units");
  require(!isZero(id), "units");
  return id;
}

function timeOf(json, key) {
  require(TIME.test(json[key]), key);
  return new Date(json[key]);
}

function whole(json, key) {
  require(Number.isSafeInteger(json[key]) && json[key] > 0, key);
  return json[key];
}

function originOf(json, key) {
  require(json[key] === "" || /^https?:\/\/[^/?#\s]+$/.test(json[key]), key);
  return json[key];
}

function checkSizes(sizes, audiences) {
  require(sizes !== null && typeof sizes === "object", "sizes");
  for (const [key, value] of Object.entries({ ...FIXED_SIZES, send: sendSize(audiences) })) {
    require(sizes[key] === value, "sizes");
  }
  return sizes;
}

function audienceOf(entry) {
  require(/^[a-z0-9-]{1,32}$/.test(entry.id), "audiences");
  return { id: entry.id, key: decoded(entry.key, 1216, "audiences") };
}

function issuerOf(entry) {
  require(entry.class === "A" || entry.class === "B", "issuers");
  return { class: entry.class, modulus: modulusOf(entry.n) };
}

const unique = (values, key) => require(new Set(values).size === values.length, key);

/**
 * @param {Uint8Array} bytes the body of `GET /p/{petition}/manifest`
 * @returns {Promise<Manifest>}
 * @throws {ProtocolError} "manifest-invalid" with the key that is wrong
 */
export async function parseManifest(bytes) {
  const json = readJson(bytes);
  require(json.format === "roundrobin-manifest/1", "format");
  require(typeof json.petition === "string" && /^[A-Za-z0-9_-]{22}$/.test(json.petition), "petition");
  const audiences = listOf(json.audiences, "audiences", audienceOf);
  require(audiences.length > 0, "audiences");
  unique(
    audiences.map((audience) => audience.id),
    "audiences",
  );
  const issuers = listOf(json.issuers, "issuers", issuerOf);
  unique(
    issuers.map((issuer) => issuer.class),
    "issuers",
  );
  return {
    bytes,
    hash: await sha256(bytes),
    petition: json.petition,
    texts: listOf(json.texts, "texts", (t) => ({ language: t.language, hash: decoded(t.sha256, 32, "texts") })),
    issuers,
    methods: listOf(json.methods, "methods", Number),
    attestationKey: decoded(json.attestation_key, 32, "attestation_key"),
    audiences,
    units: listOf(json.units, "units", (unit) => ({ id: unitIdOf(unit.id), name: String(unit.name) })),
    mailDomains: listOf(json.mail_domains, "mail_domains", String),
    k: whole(json, "k"),
    epochSeconds: whole(json, "epoch_seconds"),
    opens: timeOf(json, "opens"),
    issuingEnds: timeOf(json, "issuing_ends"),
    sendingEnds: timeOf(json, "sending_ends"),
    issuingOrigin: originOf(json, "issuing_origin"),
    sendingOrigin: originOf(json, "sending_origin"),
    sizes: checkSizes(json.sizes, audiences.length),
  };
}

function readJson(bytes) {
  try {
    const json = JSON.parse(utf8Text(bytes));
    require(json !== null && typeof json === "object", "format");
    return json;
  } catch (error) {
    if (error instanceof SyntaxError || error.code === "utf8")
      throw new ProtocolError("manifest-invalid", { key: "json" });
    throw error;
  }
}

/**
 * @param {Manifest} manifest
 * @param {number} method 1 = paper code, 2 = mailbox code
 * @returns {{class: "A"|"B", modulus: Uint8Array}}
 * @throws {ProtocolError} "method" where this petition does not allow it
 */
export function issuerFor(manifest, method) {
  const issuer = manifest.issuers.find((entry) => entry.class === CLASS_OF_METHOD[method]);
  if (!issuer || !manifest.methods.includes(method)) throw new ProtocolError("method", { method });
  return issuer;
}

/**
 * @param {Manifest} manifest
 * @param {string} language
 * @returns {Uint8Array} 32 bytes
 * @throws {ProtocolError} "language" where the petition has no such text
 */
export function textHash(manifest, language) {
  const text = manifest.texts.find((entry) => entry.language === language);
  if (!text) throw new ProtocolError("language", { language });
  return text.hash;
}

/**
 * @param {Manifest} manifest
 * @param {string} language
 * @param {Uint8Array} bytes the body of `GET /p/{petition}/{language}/text`
 * @returns {Promise<{addressee: string, body: string, consent: Record<string, string>, demands: string[], language: string, title: string}>}
 * @throws {ProtocolError} "text-hash" where it is not the text that the manifest names
 */
export async function readText(manifest, language, bytes) {
  if (!equal(await sha256(bytes), textHash(manifest, language))) throw new ProtocolError("text-hash", { language });
  return JSON.parse(utf8Text(bytes));
}

/**
 * The fragment of a signing link, `#m=M` or `#m=M&c=CODE` (section 2).
 * @param {string} fragment with or without "#"
 * @returns {{manifestHash: Uint8Array|null, isDamaged: boolean, code: string|null}} null for what is missing or
 *   unreadable; isDamaged where a fingerprint was meant to be there and is cut, overlong or mistyped
 */
export function readFragment(fragment) {
  const fields = new URLSearchParams(fragment.replace(/^#/, ""));
  const manifestHash = hashOrNull(fields.get("m") ?? "");
  return { manifestHash, isDamaged: fields.has("m") && !manifestHash, code: fields.get("c") };
}

function hashOrNull(text) {
  try {
    return unb64u(text, 32);
  } catch (error) {
    if (error instanceof ProtocolError) return null;
    throw error;
  }
}

/**
 * What to warn about before anything else is done.
 * @param {Manifest} manifest
 * @param {{manifestHash: Uint8Array|null, isDamaged: boolean}} link of readFragment
 * @returns {"missing"|"damaged"|"different"|null}
 */
export function linkWarning(manifest, { manifestHash, isDamaged }) {
  if (!manifestHash) return isDamaged ? "damaged" : "missing";
  return equal(manifest.hash, manifestHash) ? null : "different";
}
