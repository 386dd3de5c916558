// The last step: issue, seal, send; or keep the credential for another day. It starts from wherever the record
// stands, so that a killed tab or a lost connection is taken up again.
import { AnswerError } from "../core/errors.js";
import { fillForms, showRefusal } from "./sign_forms.js";
import { alertBox, all, find, sentence } from "./sign_page.js";
import { deliver, keepForLater, obtainCredential, sealSignature } from "./sign_run.js";
import { keep, signing } from "./sign_state.js";
import { lacksName } from "./sign_store.js";
import { unitName } from "./sign_units.js";

const NAMED = ["name", "jobTitle", "site"];

const repaint = () => new Promise((resolve) => setTimeout(resolve, 0));

/** What is about to be signed, in words, above the button. */
export function summarize() {
  const { audience, unit, method } = signing.record;
  const label = all('input[name="audience"]').find((input) => audience && input.value === audience)?.closest("label");
  find('[data-summary="audience"]').textContent = label?.querySelector("strong").textContent ?? sentence("nobody");
  find('[data-summary="method"]').textContent = sentence(`method-${method ?? 1}`);
  summaryRow("unit", find("#unit") && (unit ? unitName(unit) : sentence("no-unit")));
  // What was sealed already is no longer kept, and so not shown.
  for (const field of NAMED) summaryRow(field, audience && signing.record[field]);
}

function summaryRow(field, text) {
  find(`[data-summary-row="${field}"]`).hidden = !text;
  find(`[data-summary="${field}"]`).textContent = text || "";
}

/** Shows either the button or the progress. */
export function readySign(on) {
  for (const part of all("[data-ready]")) part.hidden = !on;
  find("[data-working]").hidden = on;
  alertBox("sign-error", false);
}

async function credential(later) {
  const { watch } = signing;
  watch.work("secret");
  await repaint();
  watch.work("issue");
  const attestation = await obtainCredential(signing);
  if (later) return keepForLater(signing, attestation);
  watch.work("seal");
  return sealSignature(signing, attestation);
}

async function work(later) {
  const { watch, record } = signing;
  if (record.stage === "draft" || record.stage === "issuing") await credential(later);
  else if (record.stage === "issued") {
    watch.work("seal");
    await sealSignature(signing);
  }
  if (later) return showWaiting();
  watch.work("send");
  await deliver(signing);
  return showDone();
}

function showDone() {
  const { secret, token, issuerClass, manifestHash, device } = signing.record;
  const kept = { stage: "kept", step: "done", device, manifestHash, secret, token, issuerClass };
  signing.held = { secret, keepHere: device === "own" ? () => signing.store.keepSecret(kept) : null };
  signing.record = null;
  fillForms({});
  signing.screens.go("done");
}

/** The credential is there, the signature is not sent. */
export function showWaiting() {
  for (const part of all("[data-kept]")) part.hidden = (part.dataset.kept === "yes") !== (signing.record.device === "own");
  for (const name of ["saved-file", "erase-waiting"]) alertBox(name, false);
  signing.screens.go("waiting");
}

/** The name was in memory alone, and is gone with the page that it was typed into. */
export function askNameAgain() {
  fillForms(signing.record);
  signing.screens.go("audience");
  alertBox("name-again");
}

function explain(error) {
  const issuing = signing.record.stage === "issuing";
  if (issuing && error instanceof AnswerError && error.code === "refused") {
    keep({ stage: "draft", step: "sign" });
    signing.screens.go("proof");
    showRefusal(signing.record.method);
  } else signing.watch.explain(error, issuing ? "issue" : "send");
}

/** @param {boolean} later get the credential only */
export async function run(later) {
  if (signing.busy || !(await signing.ready)) return;
  // Kept for another day, a credential needs no name yet.
  if (!later && lacksName(signing.record)) {
    askNameAgain();
    return;
  }
  signing.busy = true;
  readySign(false);
  keep({ later });
  try {
    await work(later);
  } catch (error) {
    explain(error);
  } finally {
    signing.busy = false;
  }
}
