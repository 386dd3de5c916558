// What can be done to a signature with its secret: ask how it stands, withdraw it, put a new version in its place.
import { endpoint, finishIssue, prepareIssue, prepareSend, prepareStatus, prepareWithdraw, readStanding } from "../core/client.js";
import { unb64u } from "../core/encoding.js";
import { AnswerError } from "../core/errors.js";
import { post } from "./sign_net.js";
import { naming } from "./sign_run.js";

/** What was asked of the site when it refused: the sentence differs. */
export class Refused extends Error {
  /** @param {"again"|"send"|"withdraw"} side */
  constructor(side) {
    super(side);
    this.side = side;
  }
}

/**
 * @typedef {object} Holding what the page knows of one signature, in memory only
 * @property {DOMStringMap} data
 * @property {import("../core/manifest.js").Manifest} manifest
 * @property {{consent: Record<string, string>}} text
 * @property {Uint8Array} secret 16 bytes
 * @property {{token: Uint8Array, issuerClass: "A"|"B"}|null} credential where this browser kept it
 * @property {object} watch as for `post`
 */

async function ask(holding, operation, body, side) {
  try {
    return await post(endpoint(holding.manifest, holding.data.petition, operation, location.origin), body, holding.watch);
  } catch (error) {
    if (error instanceof AnswerError && error.code === "refused") throw new Refused(side);
    throw error;
  }
}

/** @param {Holding} holding @returns {Promise<{status: string, version?: number}>} */
export async function askStanding(holding) {
  const { body } = await prepareStatus(holding);
  return readStanding(await ask(holding, "status", body, "send"));
}

/** Repeats with a higher version where another device was quicker. */
async function withNextVersion(holding, act) {
  for (;;) {
    const { version = 0 } = await askStanding(holding);
    try {
      return await act(version + 1);
    } catch (error) {
      if (!(error instanceof AnswerError) || error.code !== "stale") throw error;
    }
  }
}

/** @param {Holding} holding @returns {Promise<{status: string, version?: number}>} */
export const withdraw = (holding) =>
  withNextVersion(holding, async (version) => {
    const { body } = await prepareWithdraw({ ...holding, version });
    return readStanding(await ask(holding, "withdraw", body, "withdraw"));
  });

async function credentialAgain(holding, { method, code, address }) {
  const { body, state } = await prepareIssue({ ...holding, method, proof: { code, address } });
  return finishIssue({ state, answer: await ask(holding, "issue", body, "again") });
}

/**
 * @param {Holding} holding
 * @param {object} answers of the forms: audience, name, jobTitle, site, unit; and method, code, address
 * @returns {boolean} whether the code is needed again: a name needs the attestation, which is never kept
 */
export const needsCode = (holding, answers) => Boolean(answers.audience) || !holding.credential;

/**
 * Puts a new version in the place of the one held, or signs again after a withdrawal.
 * @param {Holding} holding
 * @param {object} answers as for needsCode
 * @returns {Promise<{status: string, version?: number}>}
 */
export async function replace(holding, answers) {
  const credential = needsCode(holding, answers) ? await credentialAgain(holding, answers) : holding.credential;
  const named = naming({ ...holding, record: answers }, credential.attestation);
  const unit = answers.unit ? unb64u(answers.unit, 16) : null;
  const { secret, manifest } = holding;
  const { token, issuerClass } = credential;
  return withNextVersion(holding, async (version) => {
    const { body } = await prepareSend({ secret, manifest, token, issuerClass, version, unit, named });
    return readStanding(await ask(holding, "send", body, "send"));
  });
}
