// Looks through a text while it is typed: what could give somebody away, and how it reads. Nothing leaves the page.
import { compileClean, compileRules, findFlags } from "../core/flags.js";
import { measure } from "../core/reading.js";
import { pasteClean } from "./drafting_paste.js";

const PAUSE = 400;

/** Words that the server has translated, from <script type="application/json" id="drafting-words">. */
const words = () => JSON.parse(document.getElementById("drafting-words").textContent);

const element = (name, className, text) => {
  const made = document.createElement(name);
  made.className = className;
  made.append(...[text].flat());
  return made;
};

/** What nobody sees, by its numbers. */
const named = (unseen) =>
  [...unseen].map((one) => `U+${one.codePointAt(0).toString(16).toUpperCase().padStart(4, "0")}`).join(" ");

export class Looker {
  /**
   * @param {HTMLFormElement} form with data-rules and data-language, and messages where there is a meter
   * @param {string[]} fields names of the fields that are looked through; the last one's text is measured
   */
  constructor(form, fields) {
    this.form = form;
    this.inputs = fields.map((name) => form.elements[name]);
    this.list = document.querySelector("[data-flags]");
    this.meter = document.querySelector("[data-reading]");
    this.words = words();
    /** @type {{input: HTMLTextAreaElement, start: number, end: number}[]} */
    this.found = [];
  }

  async start() {
    const answer = await fetch(this.form.dataset.rules);
    const data = await answer.json();
    this.rules = compileRules(data, this.words.units);
    this.clean = compileClean(data);
    for (const input of this.inputs) {
      input.addEventListener("input", () => this.soon());
      input.addEventListener("paste", (event) => this.paste(event));
    }
    this.look();
  }

  soon() {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.look(), PAUSE);
  }

  /** Pastes without what nobody sees; the list of what was found says so. @param {ClipboardEvent} event */
  paste(event) {
    if (pasteClean(event, this.clean)) this.stripped = true;
  }

  look() {
    const { language } = this.form.dataset;
    this.found = this.inputs.flatMap((input) =>
      findFlags(input.value, language, this.rules).map((flag) => ({ ...flag, input })),
    );
    this.showFlags();
    if (this.meter) this.showReading(measure(this.form.elements.body.value, language));
  }

  showFlags() {
    const items = this.found.map((flag) => this.flagItem(flag));
    const { none, empty } = this.form.dataset;
    const isEmpty = this.inputs.every((input) => !input.value.trim());
    const list = element("ul", "flags", items);
    const notes = this.stripped ? [element("p", "", this.words.stripped)] : [];
    this.list.replaceChildren(...notes, items.length ? list : element("p", "quiet", (isEmpty && empty) || none));
  }

  flagItem(flag) {
    const [name, reason, suggestion] = this.words.kinds[flag.kind];
    const words = flag.kind === "invisible" ? named(flag.words) : flag.words;
    const quote = element("q", "", element("bdi", "", words));
    const item = element("li", "flag", [
      element("p", "flag__words", [quote, " ", element("span", "tag tag--red", name)]),
      element("p", "", [`${reason} `, element("strong", "", suggestion)]),
    ]);
    if (this.form.dataset.show) item.append(this.showButton(flag));
    return item;
  }

  showButton(flag) {
    const button = element("button", "button button--text", this.form.dataset.show);
    button.type = "button";
    button.setAttribute("aria-label", `${this.form.dataset.show}: ${flag.words}`);
    button.addEventListener("click", () => select(flag.input, flag.start, flag.end));
    return button;
  }

  /** Goes to the next thing that was found, from where the cursor is. */
  next() {
    const here = this.inputs.indexOf(document.activeElement);
    const cursor = here < 0 ? -1 : document.activeElement.selectionStart;
    const after = ({ input, start }) => {
      const place = this.inputs.indexOf(input);
      return place > here || (place === here && start > cursor);
    };
    const flag = this.found.find(after) ?? this.found[0];
    if (flag) select(flag.input, flag.start, flag.end);
  }

  showReading({ words: count, sentences, formula, age, score, band }) {
    const { words: counted, age: aged, lix } = this.form.dataset;
    const fill = (text, values) => text.replace(/\{(\w+)\}/g, (_, name) => values[name]);
    const parts = count ? [fill(counted, { words: count, sentences })] : [];
    if (formula === "ARI") parts.push(" ", element("strong", "", fill(aged, { age })));
    if (formula === "LIX") {
      parts.push(" ", element("strong", "", fill(lix, { score, band: this.words.bands[band] })));
    }
    this.meter.replaceChildren(...parts);
  }
}

/** Marks a passage and brings it into view. @param {HTMLTextAreaElement} input */
export function select(input, start, end) {
  input.focus();
  input.setSelectionRange(start, end);
  // No browser scrolls to a selection by itself; a line's share of the text is near enough.
  const share = start / Math.max(1, input.value.length);
  input.scrollTop = share * input.scrollHeight - input.clientHeight / 2;
}
