// What the modules of the signing page know together, for as long as the page is open.
import { find, alertBox } from "./sign_page.js";
import { link } from "./sign_petition.js";
import { Store } from "./sign_store.js";
import { Trouble } from "./sign_trouble.js";

const data = find("#signing")?.dataset ?? {};

/**
 * `held` is what is in memory after the site has the signature, and null once that is forgotten.
 * @type {import("./sign_run.js").Signing & {screens: import("./sign_screens.js").Screens, busy: boolean,
 *   held: object|null|undefined, code: string, codeSettled: boolean, ready: Promise<boolean>}}
 */
export const signing = {
  ...{ data, store: new Store(data.petition), watch: new Trouble(), record: null, manifest: null, text: null },
  ...{ screens: null, busy: false, held: undefined, code: link.code ?? "", codeSettled: false },
  /** Resolves to false where nothing may go on. */
  ready: Promise.resolve(false),
};

/** Changes the record and keeps it. */
export function keep(changes) {
  Object.assign(signing.record, changes);
  alertBox("nostore", !signing.store.save(signing.record));
}

/** Takes the code out of the address bar, once it is clear whose device this is; again at each step back. */
export function cleanAddress() {
  if (!signing.codeSettled) return;
  const fragment = new URLSearchParams(location.hash.slice(1));
  fragment.delete("c");
  const rest = fragment.toString();
  history.replaceState(history.state, "", location.pathname + (rest ? `#${rest}` : ""));
}
