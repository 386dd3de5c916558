// The organizers' key file (docs/protocol.md section 18): an X-Wing seed under a passphrase, by scrypt
// (RFC 7914) and AES-256-GCM.
import { b64u, concat, equal, exactly, hex, unb64u, utf8, utf8Text } from "./encoding.js";
import { audiencePublicKey } from "./envelope.js";
import { ProtocolError } from "./errors.js";
import { label, sha256 } from "./hashing.js";
import { scryptAsync } from "../vendor.js";

const FORMAT = "roundrobin-key/1";
// Fixed by the protocol: a file that asks for less is not ours, and one that asks for more could stall a reader.
const SCRYPT = { N: 131072, r: 8, p: 1, dkLen: 32 };

/**
 * @typedef {object} AudienceKey
 * @property {string} audience id
 * @property {Uint8Array} seed 32 bytes, secret
 * @property {Uint8Array} publicKey 1216 bytes
 */

async function passphraseKey(passphrase, salt, onProgress) {
  const raw = await scryptAsync(utf8(passphrase.normalize("NFKC")), salt, { ...SCRYPT, onProgress });
  return globalThis.crypto.subtle.importKey("raw", raw, "AES-GCM", false, ["encrypt", "decrypt"]);
}

const cipherParams = (nonce, publicKey) => ({
  name: "AES-GCM",
  iv: nonce,
  additionalData: concat(label("key"), publicKey),
});

/**
 * @param {AudienceKey & {passphrase: string, onProgress?: (share: number) => void}} given
 * @returns {Promise<string>} the text of the file
 */
export async function makeKeyFile({ audience, seed, publicKey, passphrase, onProgress }) {
  const salt = globalThis.crypto.getRandomValues(new Uint8Array(16));
  const nonce = globalThis.crypto.getRandomValues(new Uint8Array(12));
  const key = await passphraseKey(passphrase, salt, onProgress);
  const sealed = await globalThis.crypto.subtle.encrypt(cipherParams(nonce, publicKey), key, exactly(seed, 32, "seed"));
  const file = {
    format: FORMAT,
    audience,
    public_key: b64u(exactly(publicKey, 1216, "public key")),
    kdf: { name: "scrypt", n: SCRYPT.N, r: SCRYPT.r, p: SCRYPT.p, salt: b64u(salt) },
    cipher: { name: "AES-256-GCM", nonce: b64u(nonce) },
    ciphertext: b64u(new Uint8Array(sealed)),
  };
  return `${JSON.stringify(file, null, 1)}\n`;
}

/**
 * @param {Uint8Array} bytes of the file
 * @returns {{audience: string, publicKey: Uint8Array, salt: Uint8Array, nonce: Uint8Array, ciphertext: Uint8Array}}
 * @throws {ProtocolError} "key-file" where it is not a key file
 */
export function readKeyFile(bytes) {
  try {
    return keyFileFields(JSON.parse(utf8Text(bytes)));
  } catch (error) {
    if (error instanceof SyntaxError || error instanceof TypeError || error instanceof ProtocolError)
      throw new ProtocolError("key-file");
    throw error;
  }
}

function keyFileFields(json) {
  const { kdf, cipher } = json;
  const known = json.format === FORMAT && kdf.name === "scrypt" && cipher.name === "AES-256-GCM";
  const costs = kdf.n === SCRYPT.N && kdf.r === SCRYPT.r && kdf.p === SCRYPT.p;
  if (!known || !costs || !/^[a-z0-9-]{1,32}$/.test(json.audience)) throw new ProtocolError("key-file");
  return {
    audience: json.audience,
    publicKey: unb64u(json.public_key, 1216),
    salt: unb64u(kdf.salt, 16),
    nonce: unb64u(cipher.nonce, 12),
    ciphertext: unb64u(json.ciphertext, 48),
  };
}

/**
 * @param {{bytes: Uint8Array, passphrase: string, onProgress?: (share: number) => void}} given
 * @returns {Promise<AudienceKey>}
 * @throws {ProtocolError} "key-file" where it is not a key file or holds another key than it names;
 *   "passphrase" where the passphrase does not open it
 */
export async function openKeyFile({ bytes, passphrase, onProgress }) {
  const { audience, publicKey, salt, nonce, ciphertext } = readKeyFile(bytes);
  const key = await passphraseKey(passphrase, salt, onProgress);
  const seed = await decrypted(cipherParams(nonce, publicKey), key, ciphertext);
  if (!equal(await audiencePublicKey(seed), publicKey)) throw new ProtocolError("key-file");
  return { audience, seed, publicKey };
}

async function decrypted(params, key, ciphertext) {
  try {
    return new Uint8Array(await globalThis.crypto.subtle.decrypt(params, key, ciphertext));
  } catch (error) {
    if (error.name === "OperationError") throw new ProtocolError("passphrase");
    throw error;
  }
}

/**
 * What two people compare by eye.
 * @param {Uint8Array} publicKey 1216 bytes
 * @returns {Promise<string>} SHA-256 in 64 hexadecimal digits
 */
export const fingerprint = async (publicKey) => hex(await sha256(publicKey));
