// What is said when a request gets no answer, or one that waiting does not change. Nothing is lost by any of it.
import { ProtocolError } from "../core/errors.js";
import { alertBox, find, sentence } from "./sign_page.js";

const FINAL = new Set(["wrong-answer", "text-hash", "closed", "method"]);

/** Progress, waiting and errors of the last step. */
export class Trouble {
  constructor() {
    this.wait = {};
    this.onWait = (trouble, seconds) => this.tellWait(trouble, seconds);
  }

  /** Cuts a wait short. @returns {boolean} false where nothing was waiting */
  wake() {
    const { wake } = this.wait;
    this.wait.wake = undefined;
    wake?.();
    return Boolean(wake);
  }

  tellWait(trouble, seconds) {
    if (trouble) this.tell(sentence(trouble, { seconds }), true);
    else alertBox("sign-error", false);
  }

  tell(text, again) {
    find("[data-sign-error]").textContent = text;
    find('[data-do="try-now"]').hidden = !again;
    alertBox("sign-error");
  }

  /**
   * @param {Error} error
   * @param {"issue"|"send"} side "refused" means something else on each
   */
  explain(error, side) {
    if (!(error instanceof ProtocolError)) {
      this.tell(sentence("other"), true);
      throw error;
    }
    alertBox("stale", error.code === "stale");
    const key = error.code === "refused" ? `refused-${side}` : error.code;
    this.tell(sentence(key, error.details), !FINAL.has(error.code));
  }

  /** @param {"secret"|"issue"|"seal"|"send"|"all"} step what is going on now; all before it is done */
  work(step) {
    const items = Array.from(document.querySelectorAll("[data-work]"));
    const now = items.findIndex((item) => item.dataset.work === step);
    for (const [index, item] of items.entries()) {
      item.classList.toggle("is-past", now < 0 || index < now);
      item.classList.toggle("is-now", index === now);
    }
  }
}
