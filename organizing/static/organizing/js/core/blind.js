// The client's half of RFC 9474, RSABSSA-SHA384-PSS, on native BigInt. All randomness is passed in, so
// that an interrupted signing resumes with the same bytes. Verification is WebCrypto's, so that our own
// encoding is checked by somebody else's code.
import { b64u, bigIntToBytes, bytesToBigInt, concat, zeros } from "./encoding.js";
import { ProtocolError } from "./errors.js";
import { sha384 } from "./hashing.js";

const HASH_BYTES = 48;
const EXPONENT_SQUARINGS = 16;

const bitLength = (value) => value.toString(2).length;

/** `base^65537 mod modulus`: sixteen squarings and one multiplication. */
function powE(base, modulus) {
  let power = base;
  for (let i = 0; i < EXPONENT_SQUARINGS; i += 1) power = (power * power) % modulus;
  return (power * base) % modulus;
}

/**
 * @param {bigint} value 1 to modulus - 1
 * @param {bigint} modulus
 * @returns {bigint} the inverse
 * @throws {ProtocolError} "not-invertible"
 */
export function inverseMod(value, modulus) {
  let [a, b, x, y] = [value % modulus, modulus, 1n, 0n];
  while (b !== 0n) {
    const quotient = a / b;
    [a, b, x, y] = [b, a - quotient * b, y, x - quotient * y];
  }
  if (a !== 1n) throw new ProtocolError("not-invertible");
  return x < 0n ? x + modulus : x;
}

/** MGF1 of RFC 8017 §B.2.1 with SHA-384. */
async function mgf1(seed, length) {
  const blocks = Math.ceil(length / HASH_BYTES);
  const parts = Array.from({ length: blocks }, (_, counter) => sha384(seed, bigIntToBytes(BigInt(counter), 4)));
  return concat(...(await Promise.all(parts))).subarray(0, length);
}

/**
 * EMSA-PSS-ENCODE of RFC 8017 §9.1.1 with SHA-384 and MGF1-SHA-384.
 * @param {Uint8Array} message
 * @param {number} bits `emBits`: one less than the bit length of the modulus
 * @param {Uint8Array} salt
 * @returns {Promise<Uint8Array>} ceil(bits / 8) bytes
 */
export async function pssEncode(message, bits, salt) {
  const length = Math.ceil(bits / 8);
  const digest = await sha384(zeros(8), await sha384(message), salt);
  const block = concat(zeros(length - salt.length - HASH_BYTES - 2), Uint8Array.of(1), salt);
  const mask = await mgf1(digest, block.length);
  const masked = block.map((byte, index) => byte ^ mask[index]);
  masked[0] &= 0xff >> (8 * length - bits);
  return concat(masked, digest, Uint8Array.of(0xbc));
}

/**
 * Blind of RFC 9474 §4.2.
 * @param {Uint8Array} modulus
 * @param {Uint8Array} input the prepared message
 * @param {Uint8Array} salt 48 bytes (none for the PSSZERO variants)
 * @param {bigint} blindingFactor `r`, 1 to n - 1
 * @returns {Promise<{blinded: Uint8Array, inverse: bigint}>} blinded: as long as the modulus
 * @throws {ProtocolError} "not-invertible"
 */
export async function blind(modulus, input, salt, blindingFactor) {
  const n = bytesToBigInt(modulus);
  const message = bytesToBigInt(await pssEncode(input, bitLength(n) - 1, salt));
  inverseMod(message, n);
  const blinded = (message * powE(blindingFactor, n)) % n;
  return { blinded: bigIntToBytes(blinded, modulus.length), inverse: inverseMod(blindingFactor, n) };
}

/**
 * Finalize of RFC 9474 §4.4.
 * @param {Uint8Array} modulus
 * @param {Uint8Array} input the prepared message
 * @param {Uint8Array} blindSignature as long as the modulus
 * @param {bigint} inverse of the blinding factor
 * @param {number} [saltLength] 48, or 0 for the PSSZERO variants
 * @returns {Promise<Uint8Array>} the token, as long as the modulus
 * @throws {ProtocolError} "wrong-signature" where the result does not verify
 */
export async function finalize(modulus, input, blindSignature, inverse, saltLength = HASH_BYTES) {
  const n = bytesToBigInt(modulus);
  const z = bytesToBigInt(blindSignature);
  if (blindSignature.length !== modulus.length || z >= n) throw new ProtocolError("wrong-signature");
  const token = bigIntToBytes((z * inverse) % n, modulus.length);
  if (!(await verifyToken(await importModulus(modulus), input, token, saltLength))) {
    throw new ProtocolError("wrong-signature");
  }
  return token;
}

/**
 * @param {Uint8Array} modulus
 * @returns {Promise<CryptoKey>} for `verifyToken`, e = 65537
 */
export function importModulus(modulus) {
  const jwk = { kty: "RSA", n: b64u(modulus), e: "AQAB", ext: true };
  return globalThis.crypto.subtle.importKey("jwk", jwk, { name: "RSA-PSS", hash: "SHA-384" }, false, ["verify"]);
}

/**
 * RSASSA-PSS-VERIFY of RFC 8017 §8.1.2 with SHA-384 and MGF1-SHA-384.
 * @param {CryptoKey} key from `importModulus`
 * @param {Uint8Array} input the prepared message
 * @param {Uint8Array} token
 * @param {number} [saltLength]
 * @returns {Promise<boolean>}
 */
export function verifyToken(key, input, token, saltLength = HASH_BYTES) {
  return globalThis.crypto.subtle.verify({ name: "RSA-PSS", saltLength }, key, token, input);
}
