// One screen at a time: the order of the steps, the place shown, and the browser's own back button.
import { all, find } from "./sign_page.js";

const PLACELESS = ["read", "resume"];
const pageTitle = document.title;

function markPlace(step, now) {
  for (const [index, item] of all("[data-place-of]").entries()) {
    item.classList.toggle("is-past", index < now);
    if (index === now) item.setAttribute("aria-current", "step");
    else item.removeAttribute("aria-current");
  }
  const text = find("[data-place-text]");
  const numbers = { number: now + 1, total: all("[data-place-of]").length };
  text.textContent = text.dataset.placeText.replace(/\{(\w+)\}/g, (_, name) => String(numbers[name]));
  const placeless = PLACELESS.includes(step);
  find("[data-place]").hidden = placeless;
  return placeless ? "" : `${text.textContent} · `;
}

/** The screens of the page, and which of them is shown. */
export class Screens {
  /**
   * @param {{order: string[], placeOf: Record<string, string>, allowed: (step: string) => string,
   *   onShow: (step: string) => void}} plan
   *   `order` is the steps one after the other; `placeOf` says where other screens stand in it;
   *   `allowed` is asked before the back button moves: it says which step to show instead
   */
  constructor({ order, placeOf, allowed, onShow }) {
    Object.assign(this, { order, placeOf, allowed, onShow, depth: 0, step: order[0], trail: [] });
    addEventListener("popstate", (event) => {
      this.depth = event.state?.depth ?? 0;
      this.show(allowed(event.state?.step ?? order[0]));
    });
    for (const button of all("[data-go]")) button.addEventListener("click", () => this.go(button.dataset.go));
    for (const button of all("[data-back]")) button.addEventListener("click", () => this.back());
  }

  place(step) {
    return this.order.indexOf(this.placeOf[step] ?? step);
  }

  /** The first screen after the page has loaded. */
  start(step) {
    history.replaceState({ step, depth: 0 }, "");
    this.trail = [step];
    this.show(step, { quietly: step === "read" });
  }

  /** Moves on; the back button comes back here. */
  go(step) {
    this.depth += 1;
    this.trail[this.depth] = step;
    history.pushState({ step, depth: this.depth }, "");
    this.show(step);
  }

  /** To the step before; by the history where that is what it would show, so that the browser's own button agrees. */
  back() {
    const aside = this.step in this.placeOf;
    const before = this.order[Math.max(0, this.place(this.step) - (aside ? 0 : 1))];
    const last = this.depth > 0 ? this.trail[this.depth - 1] : undefined;
    if (last && (aside || last === before)) history.back();
    else this.show(this.allowed(before));
  }

  /** Shows a screen and puts the focus on its heading, so that a screen reader starts there. */
  show(step, { quietly = false } = {}) {
    this.step = step;
    for (const section of all("[data-step]")) section.hidden = section.dataset.step !== step;
    const signing = Boolean(find("[data-place]"));
    document.body.classList.toggle("signing-now", signing && step !== "read");
    if (signing) document.title = `${markPlace(step, this.place(step))}${pageTitle}`;
    this.onShow(step);
    if (quietly) return;
    scrollTo(0, 0);
    (find(`[data-step="${step}"] h2`) ?? find("#main")).focus({ preventScroll: true });
  }
}
