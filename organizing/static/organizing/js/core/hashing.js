// SHA-256 and HKDF (RFC 5869) by WebCrypto.
import { concat, utf8 } from "./encoding.js";

const subtle = () => globalThis.crypto.subtle;

/** Every label of the protocol starts so (docs/protocol.md section 1). */
export const LABEL = "roundrobin/v1/";

/** @param {string} name @returns {Uint8Array} the ASCII bytes of a label, such as "roundrobin/v1/send" */
export const label = (name) => utf8(LABEL + name);

/** @param {...Uint8Array} parts @returns {Promise<Uint8Array>} 32 bytes, of their concatenation */
export async function sha256(...parts) {
  return new Uint8Array(await subtle().digest("SHA-256", concat(...parts)));
}

/** @param {...Uint8Array} parts @returns {Promise<Uint8Array>} 48 bytes, of their concatenation */
export async function sha384(...parts) {
  return new Uint8Array(await subtle().digest("SHA-384", concat(...parts)));
}

/**
 * HKDF-SHA256 (RFC 5869).
 * @param {Uint8Array} ikm
 * @param {Uint8Array} salt
 * @param {Uint8Array} info
 * @param {number} length at most 8160 bytes
 * @returns {Promise<Uint8Array>}
 */
export async function hkdf(ikm, salt, info, length) {
  const key = await subtle().importKey("raw", ikm, "HKDF", false, ["deriveBits"]);
  const bits = await subtle().deriveBits({ name: "HKDF", hash: "SHA-256", salt, info }, key, 8 * length);
  return new Uint8Array(bits);
}
