// One JSON command on standard input, one JSON answer on standard output: the browser's core for tests in
// other languages. Byte strings are base64url without padding; a manifest is its exact bytes.
//
//   {op: "derive", secret, manifest_hash, purpose, length, issuer_hash?}   -> {bytes}
//   {op: "keys", secret, manifest_hash}         -> {seed, public_key, prefix, rc, ru, commitment}
//   {op: "words", secret} | {op: "words", text} -> {words} | {secret}
//   {op: "blind", modulus, input, salt, r}      -> {blinded, inverse}      r and inverse: as long as the modulus
//   {op: "finalize", modulus, input, blind_signature, inverse}             -> {token}
//   {op: "verify_token", modulus, input, token} -> {valid}
//   {op: "seal", public_key, info, plaintext}   -> {sealed}
//   {op: "open", seed, info, sealed}            -> {plaintext}
//   {op: "audience_key", seed?}                 -> {seed, public_key}
//   {op: "sign", seed, message}                 -> {signature, public_key}
//   {op: "verify", public_key, message, signature}                         -> {valid}
//   {op: "build_code", manifest, language, address}                        -> {body}
//   {op: "build_issue", manifest, secret, method, code, address?}          -> {body}
//   {op: "finish_issue", manifest, secret, method, code, address?, answer} -> {token, attestation, issuer_class}
//   {op: "build_send", manifest, secret, token, issuer_class, version, unit?, named?}  -> {body, record_id}
//       named: {audience: {name, job_title?, site?, language, day, consent_sentence, attestation}}
//   {op: "build_status", manifest, secret}      -> {body}
//   {op: "build_withdraw", manifest, secret, version}                      -> {body}
//   {op: "keyfile_make", audience, seed, passphrase}                       -> {text}
//   {op: "keyfile_open", text, passphrase}      -> {audience, seed, public_key}
//   {op: "read_export", path, audience, seed}   -> {totals, withdrawn, replaced, named, problems}
//
// An error of the protocol is {error: code} with exit status 0.
import { open as openFile } from "node:fs/promises";
import { text as readAll } from "node:stream/consumers";
import { blind, finalize, importModulus, verifyToken } from "../../organizing/static/organizing/js/core/blind.js";
import * as client from "../../organizing/static/organizing/js/core/client.js";
import { sign, publicKeyOf, verify } from "../../organizing/static/organizing/js/core/ed25519.js";
import {
  b64u,
  bigIntToBytes,
  bytesToBigInt,
  unb64u,
  utf8,
} from "../../organizing/static/organizing/js/core/encoding.js";
import {
  audiencePublicKey,
  importSeed,
  newAudienceKey,
  open,
  seal,
} from "../../organizing/static/organizing/js/core/envelope.js";
import { makeKeyFile, openKeyFile } from "../../organizing/static/organizing/js/core/keyfile.js";
import { openForAudience } from "../../organizing/static/organizing/js/core/opening.js";
import { commitment, derive, signerKeys } from "../../organizing/static/organizing/js/core/secret.js";

const BYTES = new Set([
  "secret",
  "manifest_hash",
  "issuer_hash",
  "modulus",
  "input",
  "salt",
  "r",
  "inverse",
  "token",
  "blind_signature",
]);
for (const name of [
  "public_key",
  "info",
  "plaintext",
  "sealed",
  "seed",
  "message",
  "signature",
  "manifest",
  "unit",
  "attestation",
])
  BYTES.add(name);

const camel = (name) => name.replace(/_(.)/g, (_, letter) => letter.toUpperCase());

/** Snake case and base64url to camel case and bytes, all the way down. */
function decoded(value) {
  if (value === null || typeof value !== "object" || Array.isArray(value)) return value;
  const entries = Object.entries(value).map(([name, inner]) => [
    camel(name),
    BYTES.has(name) && inner !== null ? unb64u(inner) : decoded(inner),
  ]);
  return Object.fromEntries(entries);
}

/** The way back; what is not bytes stays as it is. */
const encoded = (value) =>
  Object.fromEntries(
    Object.entries(value).map(([name, inner]) => [name, inner instanceof Uint8Array ? b64u(inner) : inner]),
  );

const issueRequest = ({ secret, manifest, method, code, address }) => ({
  secret,
  manifest,
  method,
  proof: { code, address },
});

const OPERATIONS = {
  derive: async (c) => ({ bytes: await derive(c.secret, c.manifestHash, c.purpose, c.length, c.issuerHash) }),
  async keys({ secret, manifestHash }) {
    const keys = await signerKeys(secret, manifestHash);
    const { seed, publicKey, prefix, commitmentRandomness: rc, unitRandomness: ru } = keys;
    return { seed, public_key: publicKey, prefix, rc, ru, commitment: await commitment(rc, publicKey) };
  },
  words: async (c) =>
    c.text === undefined ? { words: client.secretToWords(c.secret) } : { secret: client.wordsToSecret(c.text) },
  async blind({ modulus, input, salt, r }) {
    const { blinded, inverse } = await blind(modulus, input, salt, bytesToBigInt(r));
    return { blinded, inverse: bigIntToBytes(inverse, modulus.length) };
  },
  finalize: async (c) => ({ token: await finalize(c.modulus, c.input, c.blindSignature, bytesToBigInt(c.inverse)) }),
  verify_token: async (c) => ({ valid: await verifyToken(await importModulus(c.modulus), c.input, c.token) }),
  seal: async (c) => ({ sealed: await seal(c.publicKey, c.info, c.plaintext) }),
  open: async (c) => ({ plaintext: await open(await importSeed(c.seed), c.info, c.sealed) }),
  async audience_key({ seed }) {
    const key = seed ? { seed, publicKey: await audiencePublicKey(seed) } : await newAudienceKey();
    return { seed: key.seed, public_key: key.publicKey };
  },
  sign: async (c) => ({ signature: await sign(c.seed, c.message), public_key: await publicKeyOf(c.seed) }),
  verify: async (c) => ({ valid: await verify(c.publicKey, c.message, c.signature) }),
  build_code: async (c) => ({ body: client.prepareCode(c) }),
  build_issue: async (c) => ({ body: (await client.prepareIssue(issueRequest(c))).body }),
  async finish_issue(c) {
    const { state } = await client.prepareIssue(issueRequest(c));
    const { token, attestation, issuerClass } = await client.finishIssue({ state, answer: c.answer });
    return { token, attestation, issuer_class: issuerClass };
  },
  async build_send(c) {
    const { body, recordId } = await client.prepareSend(c);
    return { body, record_id: recordId };
  },
  build_status: (c) => client.prepareStatus(c),
  build_withdraw: (c) => client.prepareWithdraw(c),
  keyfile_make: async (c) => ({ text: await makeKeyFile({ ...c, publicKey: await audiencePublicKey(c.seed) }) }),
  async keyfile_open({ text, passphrase }) {
    const { audience, seed, publicKey } = await openKeyFile({ bytes: utf8(text), passphrase });
    return { audience, seed, public_key: publicKey };
  },
  async read_export({ path, audience, seed }) {
    const file = await openFile(path);
    try {
      const read = async (offset, length) =>
        new Uint8Array((await file.read(Buffer.alloc(length), 0, length, offset)).buffer);
      const key = { audience, seed, publicKey: await audiencePublicKey(seed) };
      const { manifest, ...opened } = await openForAudience({ read, size: (await file.stat()).size, key });
      return { petition: manifest.petition, ...opened };
    } finally {
      await file.close();
    }
  },
};

const raw = JSON.parse(await readAll(process.stdin));
// The answer of the issue operation keeps its own names: it goes to the core as the site sent it.
const command = { ...decoded({ ...raw, answer: undefined }), answer: raw.answer };

async function run() {
  try {
    if (command.manifest) command.manifest = await client.parseManifest(command.manifest);
    return encoded(await OPERATIONS[command.op](command));
  } catch (error) {
    if (error instanceof client.ProtocolError) return { error: error.code };
    throw error;
  }
}

process.stdout.write(JSON.stringify(await run()));
