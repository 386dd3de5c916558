// The page for a signature that was sent: with the twelve words, or with what this browser kept. The words stay on
// the page: the site gets questions signed by the signature's own key.
import { wordsToSecret } from "../core/client.js";
import { ProtocolError } from "../core/errors.js";
import { Refused, askStanding, needsCode, replace, withdraw } from "./receipt_actions.js";
import { askForCode, checkAudience, checkProof, fillForms, readAudience, readProof, showBranches } from "./sign_forms.js";
import { keepFragment } from "./sign_links.js";
import { alertBox, all, canSeal, clearErrors, fieldError, find, sentence, wakeUp, watchConnection, wire } from "./sign_page.js";
import { loadPetition } from "./sign_petition.js";
import { Screens } from "./sign_screens.js";
import { Store } from "./sign_store.js";
import { Trouble } from "./sign_trouble.js";
import { wireUnits } from "./sign_units.js";

const { dataset: data } = find("#signing");
const store = new Store(data.petition);
const holding = { data, watch: new Trouble(), secret: null, credential: null };
let ready = Promise.resolve(false);
let screens;
let last = () => {};
let busy = false;

function showStanding({ status, version }) {
  for (const part of all("[data-standing]")) part.hidden = part.dataset.standing !== status;
  for (const line of all("[data-version-text]")) line.textContent = line.dataset.versionText.replace("{version}", String(version));
}

function explain(error) {
  if (error instanceof Refused && error.side === "again") {
    fieldError(readProof().method === 1 ? "paper-code" : "mail-code", sentence("refused-again"));
  } else if (error instanceof Refused) holding.watch.tell(sentence(`refused-${error.side}`), true);
  else holding.watch.explain(error, "send");
}

/** Does one thing at a time, says so, and remembers it for "try again". */
async function run(action) {
  if (busy || !(await ready)) return;
  busy = true;
  last = () => run(action);
  alertBox("sign-error", false);
  alertBox("working");
  try {
    await action();
  } catch (error) {
    explain(error);
  } finally {
    busy = false;
    alertBox("working", false);
  }
}

const look = () =>
  run(async () => {
    if (screens.step !== "standing") screens.go("standing");
    showStanding({ status: "asking" });
    showStanding(await askStanding(holding));
  });

const takeBack = () =>
  run(async () => {
    const standing = await withdraw(holding);
    screens.go("standing");
    showStanding(standing);
  });

function submitWords(event) {
  event.preventDefault();
  try {
    Object.assign(holding, { secret: wordsToSecret(find("#words").value), credential: null });
    fieldError("words", "");
    look();
  } catch (error) {
    if (!(error instanceof ProtocolError)) throw error;
    const near = error.details.suggestions?.join(", ");
    fieldError("words", sentence(near ? "words-near" : error.code, { ...error.details, near }));
  }
}

function showCodeNeed(event) {
  showBranches();
  clearErrors([event?.target?.id]);
  find("[data-code-needed]").hidden = !needsCode(holding, readAudience());
}

function submitChange(event) {
  event.preventDefault();
  const answers = { ...readAudience(), ...readProof() };
  if (!checkAudience(answers)) return;
  if (needsCode(holding, answers) && !checkProof(answers, holding.manifest.mailDomains)) return;
  run(async () => {
    const standing = await replace(holding, answers);
    fillForms({});
    screens.go("standing");
    showStanding(standing);
  });
}

function use({ secret, token, issuerClass }) {
  Object.assign(holding, { secret, credential: token ? { token, issuerClass } : null });
  return look();
}

function eraseKept() {
  store.eraseKept();
  alertBox("kept", false);
}

function forget() {
  Object.assign(holding, { secret: null, credential: null });
  fillForms({});
  find("#words").value = "";
  screens.go("words");
}

/** While something is being sent the page stays; without a secret there is only the first screen. */
function allowed(step) {
  if (busy) return screens.step;
  return holding.secret ? step : "words";
}

async function load() {
  const loaded = await loadPetition(data, null);
  for (const part of all("[data-do], [data-go]")) part.disabled = !loaded && part.dataset.do !== "erase-kept";
  Object.assign(holding, loaded);
  return Boolean(loaded);
}

function wireAll() {
  wire({
    ...{ "use-kept": () => use(store.loadKept()), "use-unfinished": () => use(store.load()) },
    ...{ "erase-kept": eraseKept, withdraw: takeBack, forget },
    "ask-code": () => askForCode(holding.manifest, data),
    "try-now": () => holding.watch.wake() || last(),
  });
  find("#words-form").addEventListener("submit", submitWords);
  find("#change-form").addEventListener("submit", submitChange);
  find("#change-form").addEventListener("input", showCodeNeed);
  addEventListener("pagehide", forget);
}

function start() {
  wakeUp();
  watchConnection();
  screens = new Screens({ order: ["words", "standing", "change"], placeOf: { withdraw: "change" }, allowed, onShow: showCodeNeed });
  wireAll();
  wireUnits();
  keepFragment(() => location.hash);
  alertBox("kept", Boolean(store.loadKept()));
  alertBox("unfinished", Boolean(store.load()?.secret));
  screens.start("words");
  ready = load();
}

if (canSeal()) start();
else alertBox("insecure");
