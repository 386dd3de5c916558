// The sealed envelope (docs/protocol.md section 9): HPKE base mode (RFC 9180) with X-Wing,
// HKDF-SHA256 and AES-256-GCM, one slot for each audience, always all of them.
import {
  b64u,
  concat,
  equal,
  exactly,
  isZero,
  padded,
  toNumber,
  u16,
  u8,
  unb64u,
  utf8,
  utf8Text,
  zeros,
} from "./encoding.js";
import { ProtocolError } from "./errors.js";
import { label } from "./hashing.js";
import { Aes256Gcm, CipherSuite, HkdfSha256, HpkeError, XWing } from "../vendor.js";

const ENC_BYTES = 1120;
const PLAINTEXT_BYTES = 1536;
const JSON_LIMIT = PLAINTEXT_BYTES - 3;
const FIELD_LIMIT = 200;

/**
 * X-Wing that expands a private key once: an export is opened with one key a hundred thousand times, and
 * the library would repeat the key generation, half of its work, for each.
 */
class PatientXWing extends XWing {
  #seed = null;
  #expanded = null;

  _expandDecapsulationKey(seed) {
    if (!this.#seed || !equal(this.#seed, seed)) {
      this.#seed = seed.slice();
      this.#expanded = super._expandDecapsulationKey(seed);
    }
    return this.#expanded;
  }
}

const suite = new CipherSuite({ kem: new PatientXWing(), kdf: new HkdfSha256(), aead: new Aes256Gcm() });

/**
 * @typedef {object} NamedSlot what one audience reads
 * @property {string} name 1 to 200 bytes
 * @property {string} [jobTitle] up to 200 bytes
 * @property {string} [site] up to 200 bytes
 * @property {string} language
 * @property {Uint8Array} textHash 32 bytes
 * @property {string} day YYYY-MM-DD, UTC
 * @property {Uint8Array} consentHash 32 bytes
 * @property {Uint8Array} attestation 386 bytes
 * @property {Uint8Array} opening 32 bytes, `rc`
 */

/**
 * @param {Uint8Array} manifestHash 32 bytes
 * @param {string} audience id
 * @param {Uint8Array} publicKey 32 bytes, `pk_w`
 * @returns {Uint8Array} HPKE `info`
 */
export function envelopeInfo(manifestHash, audience, publicKey) {
  const id = utf8(audience);
  return concat(
    label("envelope"),
    exactly(manifestHash, 32, "manifest hash"),
    u8(id.length),
    id,
    exactly(publicKey, 32, "public key"),
  );
}

function field(text, key, least) {
  const clean = text
    .normalize("NFC")
    .replace(/[\p{Cc}\s]+/gu, " ")
    .trim();
  const length = utf8(clean).length;
  if (length < least || length > FIELD_LIMIT)
    throw new ProtocolError("field-length", { field: key, length, limit: FIELD_LIMIT });
  return clean;
}

/**
 * @param {NamedSlot|null} named null for an audience that is not chosen
 * @returns {Uint8Array} 1536 bytes
 * @throws {ProtocolError} "field-length" (field, length, limit) or "too-long"
 */
export function slotPlaintext(named) {
  if (!named) return zeros(PLAINTEXT_BYTES);
  const json = {
    name: field(named.name, "name", 1),
    job_title: field(named.jobTitle ?? "", "job_title", 0) || undefined,
    site: field(named.site ?? "", "site", 0) || undefined,
    language: named.language,
    text: b64u(named.textHash),
    day: named.day,
    consent: b64u(named.consentHash),
    attestation: b64u(exactly(named.attestation, 386, "attestation")),
    opening: b64u(exactly(named.opening, 32, "opening")),
  };
  const bytes = utf8(JSON.stringify(json));
  if (bytes.length > JSON_LIMIT) throw new ProtocolError("too-long", { length: bytes.length, limit: JSON_LIMIT });
  return padded(concat(u8(1), u16(bytes.length), bytes), PLAINTEXT_BYTES);
}

const text = (json, key) => {
  const value = json[key] ?? "";
  if (typeof value !== "string" || utf8(value).length > FIELD_LIMIT) throw new ProtocolError("envelope-malformed");
  return value;
};

/**
 * @param {Uint8Array} plaintext 1536 bytes
 * @returns {NamedSlot|null} null for an audience that was not chosen
 * @throws {ProtocolError} "envelope-malformed"
 */
export function readSlot(plaintext) {
  if (isZero(exactly(plaintext, PLAINTEXT_BYTES, "slot"))) return null;
  const end = 3 + toNumber(plaintext.subarray(1, 3));
  if (plaintext[0] !== 1 || end > PLAINTEXT_BYTES || !isZero(plaintext.subarray(end)))
    throw new ProtocolError("envelope-malformed");
  try {
    return namedSlot(JSON.parse(utf8Text(plaintext.subarray(3, end))));
  } catch (error) {
    if (error instanceof SyntaxError || error instanceof ProtocolError) throw new ProtocolError("envelope-malformed");
    throw error;
  }
}

function namedSlot(json) {
  if (json === null || typeof json !== "object" || !text(json, "name")) throw new ProtocolError("envelope-malformed");
  return {
    name: text(json, "name"),
    jobTitle: text(json, "job_title"),
    site: text(json, "site"),
    language: text(json, "language"),
    textHash: unb64u(json.text, 32),
    day: text(json, "day"),
    consentHash: unb64u(json.consent, 32),
    attestation: unb64u(json.attestation, 386),
    opening: unb64u(json.opening, 32),
  };
}

/**
 * @param {Uint8Array} audienceKey 1216 bytes
 * @param {Uint8Array} info
 * @param {Uint8Array} plaintext
 * @returns {Promise<Uint8Array>} enc (1120) ‖ ciphertext ‖ tag (16)
 */
export async function seal(audienceKey, info, plaintext) {
  const recipientPublicKey = await suite.kem.deserializePublicKey(audienceKey.slice());
  const { enc, ct } = await suite.seal({ recipientPublicKey, info }, plaintext);
  return concat(new Uint8Array(enc), new Uint8Array(ct));
}

/** @param {Uint8Array} seed 32 bytes @returns {Promise<CryptoKey>} for `open`; make it once, use it for all */
export const importSeed = (seed) => suite.kem.deserializePrivateKey(exactly(seed, 32, "seed").slice());

/**
 * @param {CryptoKey} recipientKey from `importSeed`
 * @param {Uint8Array} info
 * @param {Uint8Array} sealed enc (1120) ‖ ciphertext ‖ tag (16)
 * @returns {Promise<Uint8Array>}
 * @throws {ProtocolError} "envelope-sealed" for another key, another context or damaged bytes
 */
export async function open(recipientKey, info, sealed) {
  try {
    const params = { recipientKey, enc: sealed.slice(0, ENC_BYTES), info };
    return new Uint8Array(await suite.open(params, sealed.slice(ENC_BYTES)));
  } catch (error) {
    if (error instanceof HpkeError) throw new ProtocolError("envelope-sealed");
    throw error;
  }
}

/** @returns {Promise<{seed: Uint8Array, publicKey: Uint8Array}>} a fresh X-Wing key: 32 and 1216 bytes */
export async function newAudienceKey() {
  const seed = globalThis.crypto.getRandomValues(new Uint8Array(32));
  return { seed, publicKey: await audiencePublicKey(seed) };
}

/** @param {Uint8Array} seed 32 bytes @returns {Promise<Uint8Array>} 1216 bytes */
export async function audiencePublicKey(seed) {
  const { publicKey } = await suite.kem.generateKeyPairDerand(exactly(seed, 32, "seed").slice());
  return new Uint8Array(await suite.kem.serializePublicKey(publicKey)).slice();
}

/**
 * @param {import("./manifest.js").Manifest} manifest
 * @param {Uint8Array} publicKey 32 bytes, `pk_w`
 * @param {Record<string, NamedSlot>} named by audience id; empty for an anonymous signature
 * @returns {Promise<Uint8Array>} 2672 bytes for each audience, in manifest order
 * @throws {ProtocolError} "audience" for an id that the manifest does not have
 */
export async function sealEnvelope(manifest, publicKey, named) {
  const unknown = Object.keys(named).find((id) => !manifest.audiences.some((audience) => audience.id === id));
  if (unknown) throw new ProtocolError("audience", { audience: unknown });
  const slots = manifest.audiences.map(({ id, key }) =>
    seal(key, envelopeInfo(manifest.hash, id, publicKey), slotPlaintext(named[id] ?? null)),
  );
  return concat(...(await Promise.all(slots)));
}
