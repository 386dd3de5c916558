// Codes and addresses as people type them, and the proof bytes (docs/protocol.md section 5).
import { concat, u8, utf8 } from "./encoding.js";
import { ProtocolError } from "./errors.js";

const CROCKFORD = /^[0-9A-HJKMNP-TV-Z]+$/;
const LOCAL_PART = /^[a-z0-9.!#$%&'*/=?^_`{|}~+-]+$/;
// Phones put other dashes in the place of a hyphen.
const SEPARATORS = /[\s\u00ad\u2010-\u2015\u2212-]/g;

export const PAPER = 1;
export const MAILBOX = 2;
export const PAPER_CODE_LENGTH = 16;
export const MAILBOX_CODE_LENGTH = 10;

/** @param {string} text as typed so far @returns {string} as it is read: capitals, no separators, O as 0, I and L as 1 */
export const readCode = (text) => text.replace(SEPARATORS, "").toUpperCase().replaceAll("O", "0").replace(/[IL]/g, "1");

function normalizeCode(text, length) {
  const code = readCode(text);
  if (code.length !== length) throw new ProtocolError("code-length", { found: code.length, expected: length });
  if (!CROCKFORD.test(code)) throw new ProtocolError("code-character");
  return code;
}

/**
 * @param {string} text as typed or scanned
 * @returns {string} 16 characters
 * @throws {ProtocolError} "code-length" (found, expected) or "code-character"
 */
export const normalizePaperCode = (text) => normalizeCode(text, PAPER_CODE_LENGTH);

/**
 * @param {string} text
 * @returns {string} 10 characters
 * @throws {ProtocolError} "code-length" (found, expected) or "code-character"
 */
export const normalizeMailboxCode = (text) => normalizeCode(text, MAILBOX_CODE_LENGTH);

/** @param {string} code 16 or 10 characters @returns {string} printed in groups of four or five */
export const formatCode = (code) => code.match(code.length === PAPER_CODE_LENGTH ? /.{4}/g : /.{5}/g).join("-");

/**
 * @param {string} text
 * @param {string[]} domains of the manifest, `mail_domains`
 * @returns {string} at most 254 ASCII characters
 * @throws {ProtocolError} "address-form", "address-domain" or "address-length"
 */
export function normalizeAddress(text, domains) {
  const parts = text.trim().toLowerCase().split("@");
  if (parts.length !== 2 || !LOCAL_PART.test(parts[0])) throw new ProtocolError("address-form");
  const [local, domain] = [parts[0].split("+")[0], parts[1]];
  if (!local) throw new ProtocolError("address-form");
  if (!domains.includes(domain)) throw new ProtocolError("address-domain", { domains });
  const address = `${local}@${domain}`;
  if (address.length > 254) throw new ProtocolError("address-length");
  return address;
}

/**
 * @param {{code: string}} typed
 * @returns {{method: 1, proof: Uint8Array, subject: string}}
 */
export function paperProof({ code }) {
  return { method: PAPER, proof: utf8(normalizePaperCode(code)), subject: "" };
}

/**
 * @param {{address: string, code: string, domains: string[]}} typed
 * @returns {{method: 2, proof: Uint8Array, subject: string}} subject: the normalized address
 */
export function mailboxProof({ address, code, domains }) {
  const subject = normalizeAddress(address, domains);
  return { method: MAILBOX, proof: concat(utf8(subject), u8(0), utf8(normalizeMailboxCode(code))), subject };
}
