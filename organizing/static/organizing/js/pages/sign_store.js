// The one record that a page keeps while somebody signs: on the phone only, erased once the site has answered.
// On a shared device it lives in the tab (sessionStorage); with storage switched off, in memory.
import { b64u, equal, unb64u } from "../core/encoding.js";
import { ProtocolError } from "../core/errors.js";

const BYTES = new Set(["secret", "token", "attestation", "body", "manifestHash"]);

/**
 * @typedef {object} SigningRecord
 * @property {"draft"|"issuing"|"issued"|"sending"|"kept"} stage how far it has gone
 * @property {string} step screen to go on with
 * @property {"own"|"shared"} device
 * @property {Uint8Array} manifestHash 32 bytes
 * @property {1|2} [method]
 * @property {string} [code]
 * @property {string} [address]
 * @property {string} [audience] "" for nobody
 * @property {string} [name]
 * @property {string} [jobTitle]
 * @property {string} [site]
 * @property {string} [unit] b64u, "" for none
 * @property {boolean} [later]
 * @property {Uint8Array} [secret] 16 bytes, from just before the first request
 * @property {Uint8Array} [token] 384 bytes
 * @property {"A"|"B"} [issuerClass]
 * @property {Uint8Array} [attestation] 386 bytes, only where somebody will be named
 * @property {Uint8Array} [body] the whole send request, repeated until it is answered
 */

/**
 * What may lie on a disk. A browser writes what it stores to a file within seconds, and what is erased from the storage
 * stays in that file for weeks. So what was typed is kept in memory alone: a name always, a proof until it is on its way.
 * @param {SigningRecord} record
 * @returns {SigningRecord}
 */
export function lasting({ name, jobTitle, site, ...rest }) {
  if (rest.stage !== "draft") return rest;
  const { stage, device, manifestHash, method, secret } = rest;
  return { stage, step: "proof", device, manifestHash, method, secret };
}

/** Whether somebody wanted to be named, and the name was lost with the page that it was typed into. */
export const lacksName = (record) => Boolean(record.audience && !record.name) && ["issuing", "issued"].includes(record.stage);

/** @param {SigningRecord} record @returns {string} JSON of what may last, byte strings as base64url */
export const writeRecord = (record) =>
  JSON.stringify(lasting(record), (_key, value) => (value instanceof Uint8Array ? b64u(value) : value));

/** @param {string} text @returns {SigningRecord|null} null for anything that is not a record */
export function readRecord(text) {
  try {
    const record = JSON.parse(text, (key, value) => (BYTES.has(key) ? unb64u(value) : value));
    return record?.stage && record.manifestHash ? record : null;
  } catch (error) {
    if (error instanceof SyntaxError || error instanceof ProtocolError) return null;
    throw error;
  }
}

const areas = () => [globalThis.localStorage, globalThis.sessionStorage];

function attempt(action, otherwise) {
  try {
    return action();
  } catch (error) {
    // Storage that is switched off or full throws a DOMException at any use.
    if (error instanceof DOMException) return otherwise;
    throw error;
  }
}

/** Where the record of one petition is kept. */
export class Store {
  /** @param {string} petition */
  constructor(petition) {
    this.key = `roundrobin/${petition}`;
    this.memory = null;
  }

  /** @returns {SigningRecord|null} */
  load() {
    const text = attempt(() => areas().map((area) => area.getItem(this.key)).find(Boolean), null);
    return text ? readRecord(text) : this.memory;
  }

  /**
   * @param {SigningRecord} record
   * @returns {boolean} false where the browser keeps nothing: then it is in memory only
   */
  save(record) {
    const area = record.device === "shared" ? "sessionStorage" : "localStorage";
    const others = this.load()?.secret;
    this.memory = record;
    // Another tab may have gone further already: a draft from here must not write over what it needs to go on.
    if (record.stage === "draft" && others && !(record.secret && equal(record.secret, others))) return true;
    return attempt(() => {
      globalThis[area].setItem(this.key, writeRecord(record));
      return true;
    }, false);
  }

  /**
   * Keeps the secret of a signature that was sent, because the signer asked for it.
   * @param {SigningRecord} record
   */
  keepSecret(record) {
    attempt(() => globalThis.localStorage.setItem(`${this.key}/kept`, writeRecord(record)), null);
  }

  /** @returns {SigningRecord|null} */
  loadKept() {
    const text = attempt(() => globalThis.localStorage.getItem(`${this.key}/kept`), null);
    return text ? readRecord(text) : null;
  }

  eraseKept() {
    attempt(() => globalThis.localStorage.removeItem(`${this.key}/kept`), null);
  }

  /** Erases the record of an unfinished signature everywhere. */
  erase() {
    this.memory = null;
    attempt(() => areas().forEach((area) => area.removeItem(this.key)), null);
  }
}
