// From a proof to an acknowledged signature. Before each request goes out, what is needed to repeat it is kept.
import { endpoint, finishIssue, newSecret, prepareIssue, prepareSend, readStanding, utcDay } from "../core/client.js";
import { unb64u } from "../core/encoding.js";
import { ProtocolError } from "../core/errors.js";
import { post } from "./sign_net.js";

/**
 * @typedef {object} Signing what a page knows while somebody signs
 * @property {DOMStringMap} data of the element #signing
 * @property {import("../core/manifest.js").Manifest} manifest
 * @property {{consent: Record<string, string>}} text
 * @property {import("./sign_store.js").Store} store
 * @property {import("./sign_store.js").SigningRecord} record
 * @property {{onWait: (trouble: string|null, seconds: number) => void, wait: object}} watch
 */

const urlOf = ({ manifest, data }, operation) => endpoint(manifest, data.petition, operation, location.origin);

function keep(signing, changes) {
  Object.assign(signing.record, changes);
  return signing.store.save(signing.record);
}

function drawSecret({ store, record }) {
  // Another tab may have started with the same code: with its secret, both ask for one and the same thing.
  return record.secret ?? store.load()?.secret ?? newSecret();
}

/**
 * Swaps the proof for a credential.
 * @param {Signing} signing
 * @returns {Promise<Uint8Array>} the attestation, which is kept only where somebody will be named
 */
export async function obtainCredential(signing) {
  keep(signing, { secret: drawSecret(signing), stage: "issuing" });
  const { secret, method, code, address } = signing.record;
  const { body, state } = await prepareIssue({ secret, manifest: signing.manifest, method, proof: { code, address } });
  const answer = await post(urlOf(signing, "issue"), body, signing.watch);
  const { token, issuerClass, attestation } = await finishIssue({ state, answer });
  Object.assign(signing.record, { token, issuerClass });
  return attestation;
}

/** Keeps the credential for another day. The code is used up, so it is forgotten. */
export function keepForLater(signing, attestation) {
  const named = signing.record.audience ? attestation : undefined;
  return keep(signing, { stage: "issued", attestation: named, code: undefined, address: undefined });
}

/**
 * @param {{record: object, data: DOMStringMap, text: {consent: Record<string, string>}}} signing
 * @param {Uint8Array} [attestation] 386 bytes
 * @returns {Record<string, import("../core/client.js").Naming>} what the chosen audience is told; nothing for nobody
 */
export function naming({ record, data, text }, attestation) {
  if (!record.audience) return {};
  const consentSentence = text.consent[record.audience];
  if (!consentSentence) throw new ProtocolError("text-hash");
  const { name, jobTitle, site } = record;
  return {
    [record.audience]: {
      ...{ name, consentSentence, attestation, language: data.language, day: utcDay(new Date()) },
      ...(jobTitle ? { jobTitle } : {}),
      ...(site ? { site } : {}),
    },
  };
}

/** Seals the signature and keeps the whole request: sealing is randomized, and a repeat must be the same bytes. */
export async function sealSignature(signing, attestation, version = 1) {
  const { secret, token, issuerClass, unit } = signing.record;
  const { body } = await prepareSend({
    ...{ secret, token, issuerClass, version, manifest: signing.manifest },
    unit: unit ? unb64u(unit, 16) : null,
    named: naming(signing, attestation ?? signing.record.attestation),
  });
  const proof = { code: undefined, address: undefined, attestation: undefined };
  const choice = { audience: undefined, unit: undefined, name: undefined, jobTitle: undefined, site: undefined };
  keep(signing, { ...proof, ...choice, body, stage: "sending" });
}

/**
 * Sends what was sealed. Once the site has it, the record is erased from this device.
 * @param {Signing} signing
 * @returns {Promise<{status: string, version: number}>}
 */
export async function deliver(signing) {
  const standing = readStanding(await post(urlOf(signing, "send"), signing.record.body, signing.watch));
  signing.store.erase();
  return standing;
}
