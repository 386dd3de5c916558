// Signing a petition: the page's steps, from reading to the twelve words. Without this script the page is a text
// with a link to the plain form. Nothing typed leaves the phone before the last step, but an address for a code.
import { saveFile } from "./sign_file.js";
import { readySign, run, showWaiting, summarize } from "./sign_flow.js";
import { askForCode, checkAudience, checkProof, fillForms, readAudience, readProof, showBranches } from "./sign_forms.js";
import { keepFragment } from "./sign_links.js";
import { alertBox, all, canSeal, clearErrors, find, wakeUp, watchConnection, wire } from "./sign_page.js";
import { isAnotherLink, loadPetition } from "./sign_petition.js";
import { erase, eraseReally, loadFile, offerResume, resume } from "./sign_resume.js";
import { Screens } from "./sign_screens.js";
import { cleanAddress, keep, signing } from "./sign_state.js";
import { lacksName } from "./sign_store.js";
import { wireDone } from "./sign_done.js";
import { wireUnits } from "./sign_units.js";

const ORDER = ["read", "learn", "device", "proof", "audience", "sign", "done"];
const EARLY = ["read", "learn", "device", "stop"];

/** Nothing may go on. What was kept can still be erased. */
function block() {
  signing.screens.show(signing.record ? "resume" : "read", { quietly: true });
  const parts = all("[data-go], [data-device], [data-do]").filter((part) => !part.dataset.do?.startsWith("erase"));
  for (const part of parts) part.disabled = true;
  for (const way of all("[data-plain]")) way.hidden = true;
}

async function load() {
  const loaded = await loadPetition(signing.data, signing.record?.manifestHash ?? null);
  if (loaded) Object.assign(signing, loaded);
  else block();
  return Boolean(loaded);
}

function onShow(step) {
  cleanAddress();
  if (step !== "sign" || !signing.record) return;
  summarize();
  if (!signing.busy) readySign(true);
}

/** While something is being sent the back button stays here; afterwards there is nothing to go back to. */
function allowed(step) {
  const { screens, busy, record, held } = signing;
  if (busy) return "sign";
  if (held !== undefined || screens.step === "waiting") return screens.step;
  const mayMove = record && (record.stage === "draft" || EARLY.includes(step) || (step === "audience" && lacksName(record)));
  if (record) return step === "resume" || mayMove ? step : "sign";
  return EARLY.includes(step) ? step : "device";
}

async function chooseDevice(device) {
  signing.codeSettled = true;
  if (device === "work") {
    signing.store.erase();
    Object.assign(signing, { record: null, code: "" });
    fillForms({});
    return signing.screens.go("stop");
  }
  if (!(await signing.ready)) return undefined;
  const { code, manifest, record } = signing;
  signing.record = { stage: "draft", step: "proof", method: 1, code, ...record, device, manifestHash: manifest.hash };
  alertBox("shared", device === "shared");
  fillForms(signing.record);
  keep({});
  return signing.screens.go("proof");
}

function submitProof(event) {
  event.preventDefault();
  const proof = readProof();
  if (!checkProof(proof, signing.manifest.mailDomains)) return;
  const step = signing.record.step === "sign" ? "sign" : "audience";
  keep({ ...proof, step });
  signing.screens.go(step);
}

function submitAudience(event) {
  event.preventDefault();
  const answers = readAudience();
  if (!checkAudience(answers)) return;
  keep({ ...answers, step: "sign" });
  alertBox("name-again", false);
  signing.screens.go("sign");
}

function typed(event) {
  showBranches();
  clearErrors([event.target.id]);
  if (signing.record?.stage === "draft") keep({ ...readProof(), ...readAudience() });
}

function sendWaiting() {
  signing.screens.go("sign");
  return run(false);
}

function saveWaiting() {
  saveFile(signing.record);
  alertBox("saved-file");
}

function wireButtons() {
  wire({
    ...{ resume, erase, "erase-really": eraseReally, "ask-code": () => askForCode(signing.manifest, signing.data) },
    ...{ sign: () => run(false), later: () => run(true) },
    ...{ "send-waiting": sendWaiting, "save-file": saveWaiting, "erase-waiting": () => alertBox("erase-waiting") },
    "try-now": () => signing.watch.wake() || run(Boolean(signing.record.later)),
  });
  for (const pick of all("[data-device]")) pick.addEventListener("click", () => chooseDevice(pick.dataset.device));
  find("#proof-form").addEventListener("submit", submitProof);
  find("#audience-form").addEventListener("submit", submitAudience);
  find("#saved-file").addEventListener("change", loadFile);
  for (const form of all(".form")) form.addEventListener("input", typed);
}

function start() {
  wakeUp();
  watchConnection();
  signing.screens = new Screens({ order: ORDER, placeOf: { stop: "device", waiting: "sign" }, allowed, onShow });
  wireButtons();
  wireUnits();
  wireDone(() => signing.held, () => (signing.held = null));
  keepFragment(() => location.hash);
  addEventListener("hashchange", () => isAnotherLink() && location.reload());
  signing.screens.start(offerResume());
  signing.ready = load();
}

if (canSeal()) start();
else alertBox("insecure");
