// Ed25519 (RFC 8032) with the one strict rule of docs/protocol.md section 14: by WebCrypto where the
// browser has it, else by @noble/curves, with the same answers.
import { bytesToBigInt, concat, equal, unb64u, unhex } from "./encoding.js";
import { ProtocolError } from "./errors.js";
import { ed25519, sha512 } from "../vendor.js";

const FIELD = 2n ** 255n - 19n;
const ORDER = 2n ** 252n + 27742317777372353535851937790883648493n;
const PKCS8_HEADER = unhex("302e020100300506032b657004220420");
const SMALL_ORDER_Y = new Set([
  0n,
  1n,
  FIELD - 1n,
  2707385501144840649318225287225658788936804267575313519463743609750303402022n,
  55188659117513257062467267217118295137698188065244968500265048394206261417927n,
]);

const subtle = () => globalThis.crypto.subtle;
const littleEndian = (bytes) => bytesToBigInt(Uint8Array.from(bytes).reverse());

/** The platform's own Ed25519. */
export const native = {
  /** @param {Uint8Array} seed 32 bytes @returns {Promise<CryptoKey>} */
  privateKey: (seed) => subtle().importKey("pkcs8", concat(PKCS8_HEADER, seed), "Ed25519", true, ["sign"]),

  /** @param {Uint8Array} seed 32 bytes @returns {Promise<Uint8Array>} 32 bytes */
  async publicKeyOf(seed) {
    return unb64u((await subtle().exportKey("jwk", await native.privateKey(seed))).x, 32);
  },

  /** @param {Uint8Array} seed @param {Uint8Array} message @returns {Promise<Uint8Array>} 64 bytes */
  async sign(seed, message) {
    return new Uint8Array(await subtle().sign("Ed25519", await native.privateKey(seed), message));
  },

  /** The equation alone. @returns {Promise<boolean>} */
  async holds(publicKey, message, signature) {
    try {
      const key = await subtle().importKey("raw", publicKey, "Ed25519", false, ["verify"]);
      return await subtle().verify("Ed25519", key, signature, message);
    } catch (error) {
      // Some browsers refuse to import what is not on the curve, others only to verify with it.
      if (error.name === "DataError") return false;
      throw error;
    }
  },
};

/** The same in JavaScript, for browsers without it. */
export const portable = {
  publicKeyOf: async (seed) => ed25519.getPublicKey(seed),
  sign: async (seed, message) => ed25519.sign(message, seed),

  /** `[S]B - [k]A` must encode to R: no cofactor, unlike the library's own check. @returns {Promise<boolean>} */
  async holds(publicKey, message, signature) {
    const [r, s] = [signature.subarray(0, 32), littleEndian(signature.subarray(32))];
    const k = littleEndian(sha512(concat(r, publicKey, message))) % ORDER;
    const key = decodePoint(publicKey);
    if (!key) return false;
    const left = ed25519.Point.BASE.multiplyUnsafe(s).subtract(key.multiplyUnsafe(k));
    return equal(left.toBytes(), r);
  },
};

function decodePoint(bytes) {
  try {
    return ed25519.Point.fromBytes(bytes);
  } catch (error) {
    // The library has no other way to say that the bytes are not on the curve.
    if (error instanceof Error) return null;
    throw error;
  }
}

let chosen;

/** @returns {Promise<typeof native | typeof portable>} looked up once */
async function implementation() {
  chosen ??= native.privateKey(new Uint8Array(32)).then(
    () => native,
    (error) => {
      if (["NotSupportedError", "SyntaxError", "DataError"].includes(error.name)) return portable;
      throw error;
    },
  );
  return chosen;
}

/** @param {Uint8Array} seed 32 bytes @returns {Promise<Uint8Array>} 32 bytes */
export const publicKeyOf = async (seed) => (await implementation()).publicKeyOf(seed);

/**
 * @param {Uint8Array} seed 32 bytes
 * @param {Uint8Array} message
 * @returns {Promise<Uint8Array>} 64 bytes
 */
export const sign = async (seed, message) => (await implementation()).sign(seed, message);

/** @param {Uint8Array} point 32 bytes @returns {boolean} canonical, and not one of the points of small order */
export function acceptablePoint(point) {
  const y = littleEndian(point) & (2n ** 255n - 1n);
  return y < FIELD && !SMALL_ORDER_Y.has(y);
}

/**
 * @param {Uint8Array} publicKey 32 bytes
 * @param {Uint8Array} message
 * @param {Uint8Array} signature 64 bytes
 * @param {{holds: typeof native.holds}} [backend] for the tests
 * @returns {Promise<boolean>}
 * @throws {ProtocolError} "length" for wrong sizes
 */
export async function verify(publicKey, message, signature, backend) {
  if (publicKey.length !== 32 || signature.length !== 64) throw new ProtocolError("length", { what: "Ed25519" });
  if (!acceptablePoint(publicKey) || !acceptablePoint(signature.subarray(0, 32))) return false;
  if (littleEndian(signature.subarray(32)) >= ORDER) return false;
  return (backend ?? (await implementation())).holds(publicKey, message, signature);
}
