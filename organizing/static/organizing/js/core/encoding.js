// Bytes to and from text and numbers (docs/protocol.md section 1). Strict: what is not canonical is refused.
import { ProtocolError } from "./errors.js";

const ALPHABET = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
const VALUES = new Map([...ALPHABET].map((letter, value) => [letter, value]));
const encoder = new TextEncoder();

/** @param {string} text @returns {Uint8Array} its UTF-8 bytes */
export const utf8 = (text) => encoder.encode(text);

/**
 * @param {Uint8Array} bytes
 * @returns {string}
 * @throws {ProtocolError} "utf8" where the bytes are not UTF-8
 */
export function utf8Text(bytes) {
  try {
    return new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch (error) {
    throw new ProtocolError("utf8", { reason: error.message });
  }
}

/** @param {...Uint8Array} parts @returns {Uint8Array} their concatenation, always a fresh array */
export function concat(...parts) {
  const joined = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let offset = 0;
  for (const part of parts) {
    joined.set(part, offset);
    offset += part.length;
  }
  return joined;
}

/** @param {number} length @returns {Uint8Array} `length` bytes of value 0 */
export const zeros = (length) => new Uint8Array(length);

/** @param {Uint8Array} bytes @returns {boolean} true where every byte is 0 */
export const isZero = (bytes) => bytes.every((byte) => byte === 0);

/**
 * @param {Uint8Array} bytes at most `length` of them
 * @param {number} length
 * @returns {Uint8Array} the bytes, then zeros
 * @throws {ProtocolError} "too-long"
 */
export function padded(bytes, length) {
  if (bytes.length > length) throw new ProtocolError("too-long", { length: bytes.length, limit: length });
  return concat(bytes, zeros(length - bytes.length));
}

/** @param {Uint8Array} a @param {Uint8Array} b @returns {boolean} */
export const equal = (a, b) => a.length === b.length && a.every((byte, index) => byte === b[index]);

/**
 * @param {Uint8Array} bytes
 * @param {number} length the only length accepted
 * @param {string} what named in the error
 * @returns {Uint8Array} the same bytes
 * @throws {ProtocolError} "length"
 */
export function exactly(bytes, length, what) {
  if (!(bytes instanceof Uint8Array) || bytes.length !== length) throw new ProtocolError("length", { what, length });
  return bytes;
}

/** @param {Uint8Array} bytes @returns {string} base64url without padding (RFC 4648 §5) */
export function b64u(bytes) {
  let text = "";
  for (let i = 0; i < bytes.length; i += 3) {
    const left = bytes.length - i;
    const group = (bytes[i] << 16) | ((bytes[i + 1] ?? 0) << 8) | (bytes[i + 2] ?? 0);
    for (let k = 0; k < Math.min(left, 3) + 1; k += 1) text += ALPHABET[(group >> (18 - 6 * k)) & 63];
  }
  return text;
}

/**
 * Reads base64url without padding: no padding, no white space, the unused bits of the last character zero.
 * @param {string} text
 * @param {number} [length] the number of bytes that must come out
 * @returns {Uint8Array}
 * @throws {ProtocolError} "base64url"
 */
export function unb64u(text, length) {
  if (typeof text !== "string" || text.length % 4 === 1) throw new ProtocolError("base64url");
  const bytes = new Uint8Array(Math.floor((text.length * 3) / 4));
  let group = 0;
  for (let i = 0, out = 0; i < text.length; i += 1) {
    const value = VALUES.get(text[i]);
    if (value === undefined) throw new ProtocolError("base64url");
    group = ((group << 6) | value) & 0xffffff;
    if (i % 4 > 0) bytes[out++] = (group >> (6 - 2 * (i % 4))) & 255;
  }
  const spare = { 2: 15, 3: 3 }[text.length % 4] ?? 0;
  if (group & spare || (length !== undefined && bytes.length !== length)) throw new ProtocolError("base64url");
  return bytes;
}

/** @param {Uint8Array} bytes @returns {string} lower-case hexadecimal */
export const hex = (bytes) => Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");

/**
 * @param {string} text an even number of hexadecimal digits
 * @returns {Uint8Array}
 * @throws {ProtocolError} "hex"
 */
export function unhex(text) {
  if (!/^([0-9a-f]{2})*$/i.test(text)) throw new ProtocolError("hex");
  return Uint8Array.from(text.match(/../g) ?? [], (pair) => Number.parseInt(pair, 16));
}

function unsigned(value, length) {
  if (!Number.isSafeInteger(value) || value < 0 || value >= 256 ** length) {
    throw new ProtocolError("range", { length });
  }
  return bigIntToBytes(BigInt(value), length);
}

/** @param {number} value 0 to 255 @returns {Uint8Array} 1 byte */
export const u8 = (value) => unsigned(value, 1);
/** @param {number} value 0 to 65535 @returns {Uint8Array} 2 bytes, big-endian */
export const u16 = (value) => unsigned(value, 2);
/** @param {number} value 0 to 2^32 - 1 @returns {Uint8Array} 4 bytes, big-endian */
export const u32 = (value) => unsigned(value, 4);

/**
 * OS2IP of RFC 8017 §4.2, for numbers that JavaScript holds exactly.
 * @param {Uint8Array} bytes at most 6 significant bytes
 * @returns {number}
 * @throws {ProtocolError} "range"
 */
export function toNumber(bytes) {
  const value = bytesToBigInt(bytes);
  if (value > BigInt(Number.MAX_SAFE_INTEGER)) throw new ProtocolError("range");
  return Number(value);
}

/** @param {Uint8Array} bytes @returns {bigint} OS2IP of RFC 8017 §4.2 */
export const bytesToBigInt = (bytes) => (bytes.length ? BigInt(`0x${hex(bytes)}`) : 0n);

/**
 * I2OSP of RFC 8017 §4.1.
 * @param {bigint} value not negative
 * @param {number} length
 * @returns {Uint8Array} `length` bytes, big-endian
 * @throws {ProtocolError} "range" where it does not fit
 */
export function bigIntToBytes(value, length) {
  const digits = value.toString(16).padStart(2 * length, "0");
  if (value < 0n || digits.length > 2 * length) throw new ProtocolError("range", { length });
  return unhex(digits);
}
