// The two forms of signing: what was typed goes into the record at each key, and errors stand beside the field.
import { endpoint, prepareCode } from "../core/client.js";
import { MAILBOX_CODE_LENGTH, PAPER_CODE_LENGTH, normalizeAddress, normalizeMailboxCode, normalizePaperCode, readCode } from "../core/codes.js";
import { utf8 } from "../core/encoding.js";
import { ProtocolError } from "../core/errors.js";
import { post } from "./sign_net.js";
import { alertBox, all, clearErrors, fieldError, find, sentence } from "./sign_page.js";
import { chooseUnit } from "./sign_units.js";

const CODE_FIELDS = ["paper-code", "address", "mail-code"];
const NAME_FIELDS = ["name", "job-title", "site"];
const LIMIT = 200;

const valueOf = (id) => find(`#${id}`)?.value ?? "";
const chosen = (name) => find(`input[name="${name}"]:checked`)?.value;

function choose(name, value) {
  const input = all(`input[name="${name}"]`).find((one) => one.value === String(value));
  if (input) input.checked = true;
}

function fill(id, value) {
  const field = find(`#${id}`);
  if (field) field.value = value ?? "";
}

/** @returns {Partial<import("./sign_store.js").SigningRecord>} as typed */
export function readProof() {
  const method = Number(chosen("method") ?? 1);
  return { method, code: valueOf(method === 1 ? "paper-code" : "mail-code"), address: method === 2 ? valueOf("address") : "" };
}

/** @returns {Partial<import("./sign_store.js").SigningRecord>} as typed; no name where nobody may know it */
export function readAudience() {
  const audience = chosen("audience") ?? "";
  const names = { name: valueOf("name").trim(), jobTitle: valueOf("job-title").trim(), site: valueOf("site").trim() };
  return { audience, unit: valueOf("unit"), ...(audience ? names : { name: "", jobTitle: "", site: "" }) };
}

/** Fills both forms from a record, for somebody who comes back. */
export function fillForms(record) {
  choose("method", record.method ?? 1);
  fill("paper-code", record.method === 2 ? "" : record.code);
  fill("mail-code", record.method === 2 ? record.code : "");
  fill("address", record.address);
  choose("audience", record.audience ?? "");
  fill("name", record.name);
  fill("job-title", record.jobTitle);
  fill("site", record.site);
  chooseUnit(record.unit);
  showBranches();
}

/** Shows the part of each form that belongs to what is chosen. */
export function showBranches() {
  const method = chosen("method") ?? "1";
  const audience = chosen("audience") ?? "";
  for (const part of all("[data-method]")) part.hidden = part.dataset.method !== method;
  for (const part of all("[data-naming]")) part.hidden = !audience;
  for (const part of all("[data-consent]")) part.hidden = part.id !== `consent-${audience}`;
  readBack("paper-code", PAPER_CODE_LENGTH, 4);
  readBack("mail-code", MAILBOX_CODE_LENGTH, 5);
}

/** Shows a code as it is read, in the groups of the paper, so that a slip is seen while it is typed. */
function readBack(field, length, group) {
  const box = find(`[data-readback="${field}"]`);
  const code = box ? readCode(valueOf(field)) : "";
  if (!box) return;
  box.hidden = !code;
  box.classList.toggle("is-whole", code.length === length);
  box.firstElementChild.textContent = sentence("code-so-far", { found: code.length, expected: length });
  box.lastElementChild.textContent = (code.match(new RegExp(`.{1,${group}}`, "g")) ?? []).join("-");
}

function checkField(field, check) {
  try {
    check();
    return true;
  } catch (error) {
    if (!(error instanceof ProtocolError)) throw error;
    const domains = error.details.domains?.join(", ");
    fieldError(field, sentence(error.code, { ...error.details, domains }));
    return false;
  }
}

function checkCode(field, normalize, code) {
  if (code.trim()) return checkField(field, () => normalize(code));
  fieldError(field, sentence("code-empty"));
  return false;
}

/** @param {{method: number, code: string, address: string}} proof @param {string[]} domains @returns {boolean} */
export function checkProof({ method, code, address }, domains) {
  clearErrors(CODE_FIELDS);
  if (method === 1) return checkCode("paper-code", normalizePaperCode, code);
  const known = checkField("address", () => normalizeAddress(address, domains));
  return known && checkCode("mail-code", normalizeMailboxCode, code);
}

/** @param {{audience: string, name: string, jobTitle: string, site: string}} answers @returns {boolean} */
export function checkAudience({ audience, name, jobTitle, site }) {
  clearErrors(NAME_FIELDS);
  if (!audience) return true;
  if (!name) {
    fieldError("name", sentence("name-empty"));
    return false;
  }
  const long = [name, jobTitle, site].findIndex((text) => utf8(text).length > LIMIT);
  if (long >= 0) fieldError(NAME_FIELDS[long], sentence("field-length"));
  return long < 0;
}

function codeRequest(manifest, language) {
  clearErrors(CODE_FIELDS);
  let body = null;
  checkField("address", () => {
    body = prepareCode({ manifest, language, address: valueOf("address") });
  });
  return body;
}

/**
 * Asks for a code to the typed address. The answer is the same for every address.
 * @param {import("../core/manifest.js").Manifest} manifest
 * @param {DOMStringMap} data of the element #signing
 */
export async function askForCode(manifest, { petition, language }) {
  const body = codeRequest(manifest, language);
  if (!body) return;
  const onWait = (why, seconds) => fieldError("address", why ? sentence(why, { seconds }) : "");
  try {
    await post(endpoint(manifest, petition, "code", location.origin), body, { onWait, wait: {} });
    alertBox("code-asked");
    find("#mail-code").focus();
  } catch (error) {
    if (!(error instanceof ProtocolError)) throw error;
    fieldError("address", sentence(error.code, error.details));
  }
}

/** Why the site refused the proof, beside the field it was typed in. */
export function showRefusal(method) {
  fieldError(method === 1 ? "paper-code" : "mail-code", sentence("refused-issue"));
}
