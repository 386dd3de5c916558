// After the site has the signature: the offer of twelve words, then nothing of it is left on the page.
import { secretToWords } from "../core/client.js";
import { all, find, wire } from "./sign_page.js";

/** @param {"offer"|"shown"|"gone"} part */
function showPart(part) {
  for (const panel of all("[data-words]")) panel.hidden = panel.dataset.words !== part;
  document.body.classList.toggle("words-shown", part === "shown");
  find(`[data-words="${part}"] [tabindex="-1"]`)?.focus();
}

function listWords(secret) {
  const items = secretToWords(secret).map((word) => {
    const item = document.createElement("li");
    item.textContent = word;
    return item;
  });
  find("[data-words-list]").replaceChildren(...items);
}

/**
 * Makes the last screen work.
 * @param {() => {secret: Uint8Array, keepHere: (() => void)|null}|null} held what is still in memory, if anything;
 *   keepHere is null on a device that others use
 * @param {() => void} forget
 */
export function wireDone(held, forget) {
  const finish = (kept) => {
    forget();
    find("[data-words-list]").replaceChildren();
    find('[data-gone="erased"]').hidden = kept;
    find('[data-gone="kept"]').hidden = !kept;
    showPart("gone");
  };
  wire({
    "show-words": () => {
      listWords(held().secret);
      find("[data-receipt-address]").textContent = new URL(find("#signing").dataset.receiptUrl, location.origin).href;
      find("[data-keep-here]").hidden = !held().keepHere;
      showPart("shown");
    },
    "no-words": () => finish(false),
    "kept-words": () => finish(false),
    "keep-here": () => {
      held().keepHere();
      finish(true);
    },
    print: () => globalThis.print(),
  });
  // A page that the browser freezes on leaving would show the words again to whoever taps "back".
  addEventListener("pagehide", () => held() && finish(false));
}
