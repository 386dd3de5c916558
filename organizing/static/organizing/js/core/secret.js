// One secret for one petition, and all that comes from it (docs/protocol.md section 4).
import { bytesToBigInt, concat, exactly, utf8, zeros } from "./encoding.js";
import { publicKeyOf } from "./ed25519.js";
import { LABEL, hkdf, label, sha256 } from "./hashing.js";

/** Length of the secret in bytes: the entropy of twelve BIP-39 words. */
export const SECRET_BYTES = 16;

/** @returns {Uint8Array} 16 fresh random bytes */
export const newSecret = () => globalThis.crypto.getRandomValues(new Uint8Array(SECRET_BYTES));

/**
 * @param {Uint8Array} secret 16 bytes
 * @param {Uint8Array} manifestHash 32 bytes
 * @param {string} purpose
 * @param {number} length
 * @param {Uint8Array} [issuerHash] 32 bytes, for the two values that depend on the issuer
 * @returns {Promise<Uint8Array>}
 */
export function derive(secret, manifestHash, purpose, length, issuerHash = zeros(0)) {
  exactly(secret, SECRET_BYTES, "secret");
  exactly(manifestHash, 32, "manifest hash");
  return hkdf(secret, manifestHash, concat(utf8(LABEL + purpose), issuerHash), length);
}

/**
 * @typedef {object} SignerKeys what belongs to the signature, whoever issues
 * @property {Uint8Array} seed 32 bytes, Ed25519 private key (RFC 8032 §5.1.5)
 * @property {Uint8Array} publicKey 32 bytes, `pk_w`
 * @property {Uint8Array} prefix 32 bytes (RFC 9474 §4.1)
 * @property {Uint8Array} commitmentRandomness 32 bytes, `rc`
 * @property {Uint8Array} unitRandomness 32 bytes, `ru`
 */

/**
 * @param {Uint8Array} secret 16 bytes
 * @param {Uint8Array} manifestHash 32 bytes
 * @returns {Promise<SignerKeys>}
 */
export async function signerKeys(secret, manifestHash) {
  const [seed, prefix, commitmentRandomness, unitRandomness] = await Promise.all(
    ["sign", "prefix", "commit", "unit"].map((purpose) => derive(secret, manifestHash, purpose, 32)),
  );
  return { seed, publicKey: await publicKeyOf(seed), prefix, commitmentRandomness, unitRandomness };
}

/**
 * The blinding factor and the PSS salt (RFC 9474 §4.2) for one issuer: under two issuers one
 * blinding factor would link the two requests.
 * @param {Uint8Array} secret 16 bytes
 * @param {Uint8Array} manifestHash 32 bytes
 * @param {Uint8Array} modulus 384 bytes
 * @returns {Promise<{blindingFactor: bigint, salt: Uint8Array}>} salt: 48 bytes
 */
export async function blindingFor(secret, manifestHash, modulus) {
  const issuerHash = await sha256(exactly(modulus, 384, "modulus"));
  const wide = await derive(secret, manifestHash, "blind", 400, issuerHash);
  const salt = await derive(secret, manifestHash, "salt", 48, issuerHash);
  return { blindingFactor: (bytesToBigInt(wide) % (bytesToBigInt(modulus) - 1n)) + 1n, salt };
}

/**
 * `C` of section 7.
 * @param {Uint8Array} randomness 32 bytes, `rc`
 * @param {Uint8Array} publicKey 32 bytes, `pk_w`
 * @returns {Promise<Uint8Array>} 32 bytes
 */
export const commitment = (randomness, publicKey) => sha256(label("commitment"), randomness, publicKey);

/**
 * `U` of section 10.
 * @param {Uint8Array} randomness 32 bytes, `ru`
 * @param {Uint8Array} unit 16 bytes, zeros for "no unit"
 * @returns {Promise<Uint8Array>} 32 bytes
 */
export const unitCommitment = (randomness, unit) => sha256(label("unit"), randomness, exactly(unit, 16, "unit"));
