// Somebody comes back in the middle of signing: go on, or erase it.
import { fillForms } from "./sign_forms.js";
import { openFile } from "./sign_file.js";
import { askNameAgain, run, showWaiting } from "./sign_flow.js";
import { alertBox, all, fieldError, find, sentence } from "./sign_page.js";
import { keep, signing } from "./sign_state.js";
import { lacksName } from "./sign_store.js";

/** Looks for a record and offers it. @returns {string} the screen to start with */
export function offerResume() {
  alertBox("kept", Boolean(signing.store.loadKept()));
  signing.record = signing.store.load();
  if (!signing.record) return "read";
  const { stage, device } = signing.record;
  if (stage === "draft") signing.record.code ??= signing.code;
  signing.codeSettled = true;
  fillForms(signing.record);
  alertBox("shared", device === "shared");
  for (const line of all("[data-resume]")) line.hidden = line.dataset.resume !== stage;
  return "resume";
}

/** Goes on where the record stands. */
export async function resume() {
  if (!(await signing.ready)) return;
  const { stage, step, later } = signing.record;
  if (stage === "issued") showWaiting();
  else if (lacksName(signing.record)) askNameAgain();
  else if (stage === "draft") signing.screens.go(step);
  else {
    signing.screens.go("sign");
    await run(Boolean(later) && stage === "issuing");
  }
}

/** Erases the record; where the code may be used up, only when asked twice. */
export function erase() {
  if (signing.record.stage === "draft") eraseReally();
  else alertBox("erase-spent");
}

export function eraseReally() {
  signing.store.erase();
  signing.record = null;
  fillForms({});
  for (const name of ["erase-spent", "erase-waiting", "shared"]) alertBox(name, false);
  signing.screens.go("read");
}

/** A credential that was saved in a file, on this or another device. */
export async function loadFile() {
  const input = find("#saved-file");
  const record = (await signing.ready) && input.files[0] && (await openFile(input.files[0], signing.manifest.hash));
  fieldError("saved-file", record ? "" : sentence("file-wrong"));
  if (!record) return;
  signing.record = { ...record, device: signing.record?.device ?? "own" };
  keep({});
  fillForms(signing.record);
  showWaiting();
}
