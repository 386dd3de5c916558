// The token message and what it is known by (docs/protocol.md sections 7 and 8).
import { concat, exactly, hex, u8 } from "./encoding.js";
import { sha256 } from "./hashing.js";

/**
 * @param {Uint8Array} manifestHash 32 bytes
 * @param {Uint8Array} publicKey 32 bytes, `pk_w`
 * @returns {Uint8Array} 65 bytes, `msg`
 */
export const tokenMessage = (manifestHash, publicKey) =>
  concat(u8(1), exactly(manifestHash, 32, "manifest hash"), exactly(publicKey, 32, "public key"));

/**
 * PrepareRandomize of RFC 9474 §4.1.
 * @param {Uint8Array} prefix 32 bytes
 * @param {Uint8Array} message 65 bytes
 * @returns {Uint8Array} 97 bytes, `input`
 */
export const preparedMessage = (prefix, message) => concat(exactly(prefix, 32, "prefix"), message);

/**
 * @param {Uint8Array} manifestHash 32 bytes
 * @param {Uint8Array} publicKey 32 bytes
 * @returns {Promise<Uint8Array>} 32 bytes, without the prefix
 */
export const nullifierOf = (manifestHash, publicKey) => sha256(tokenMessage(manifestHash, publicKey));

/** @param {Uint8Array} nullifier 32 bytes @returns {string} 32 hexadecimal digits */
export const recordId = (nullifier) => hex(nullifier).slice(0, 32);
