// Draws what an export holds. Nothing from the file is ever markup: all of it goes in as text.
import { b64u } from "../core/encoding.js";
import { ADDRESS, NOT_VERIFIED } from "../core/naming.js";
import { showFingerprint } from "./fingerprints.js";
import { ringPicture } from "./opener_ring.js";

// A row of names is a card of several lines on a phone: fewer of them at a time.
const PAGE_ROWS = globalThis.matchMedia?.("(max-width: 55.99rem)").matches ? 25 : 200;

const byId = (id) => document.getElementById(id);

/** What the page says, in its own language. */
export class Words {
  /** @param {Record<string, any>} strings @param {string} language */
  constructor(strings, language) {
    this.strings = strings;
    // Western digits everywhere, since record ids and fingerprints have them too.
    this.numbers = new Intl.NumberFormat(`${language}-u-nu-latn`);
    this.days = new Intl.DateTimeFormat(`${language}-u-nu-latn`, { dateStyle: "medium", timeZone: "UTC" });
    this.languages = new Intl.DisplayNames(language, { type: "language", fallback: "code" });
  }

  /** @param {string} key @param {Record<string, string|number>} [values] @returns {string} */
  say(key, values = {}) {
    return this.strings[key].replace(/\{(\w+)\}/g, (_, name) => this.number(values[name]));
  }

  /** @param {string} code of an error @returns {string} */
  error(code) {
    return this.strings.errors[code] ?? code;
  }

  number(value) {
    return typeof value === "number" ? this.numbers.format(value) : String(value);
  }

  /** @param {string} day as typed into the envelope, usually YYYY-MM-DD */
  day(day) {
    const date = /^\d{4}-\d\d-\d\d$/.test(day) ? new Date(`${day}T00:00:00Z`) : null;
    return date && !Number.isNaN(date.getTime()) ? this.days.format(date) : day;
  }

  /** @param {string} code @returns {string} name of the language */
  language(code) {
    return /^[a-z]{2,3}(-[A-Za-z]{4})?$/.test(code) ? this.languages.of(code) : code;
  }

  /** @param {import("../core/naming.js").NamedRow} row @returns {string} */
  outcome(row) {
    if (row.verified === NOT_VERIFIED) return `${this.say("verifiedNone")}: ${this.error(row.reason)}`;
    return this.say(row.verified === ADDRESS ? "verifiedAddress" : "verifiedEmployment");
  }

  className(issuerClass) {
    return this.say(`class${issuerClass}`);
  }
}

function make(tag, attributes = {}, ...children) {
  const node = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) node.setAttribute(name, value);
  node.append(...children);
  return node;
}

/** A name or title in whatever script it was typed, without disturbing its neighbours. */
const typed = (text) => make("bdi", {}, text);
const code = (text) => make("code", { dir: "ltr" }, text);

function grouped(text) {
  const place = code("");
  showFingerprint(place, text);
  return place;
}

function cell(label, ...children) {
  return make(
    "td",
    { role: "cell", "data-label": label, ...(children.every((child) => !child) && { class: "empty" }) },
    ...children.filter(Boolean),
  );
}

const sum = ({ anonymous, named, unreadable }) => anonymous + named + unreadable;
const added = (a, b) => ({
  anonymous: a.anonymous + b.anonymous,
  named: a.named + b.named,
  unreadable: a.unreadable + b.unreadable,
});

/** Fills a table body page by page, so that ten thousand rows do not stop the browser. */
function fillByPages(words, body, more, status, items, row) {
  const shown = () => body.rows.length;
  const next = () => {
    body.append(...items.slice(shown(), shown() + PAGE_ROWS).map(row));
    const left = items.length - shown();
    more.hidden = left === 0;
    more.textContent = words.say("more", { count: Math.min(left, PAGE_ROWS) });
    status.hidden = items.length <= PAGE_ROWS;
    status.textContent = words.say("shown", { shown: shown(), total: items.length });
  };
  body.replaceChildren();
  more.onclick = next;
  next();
}

/** What each column of the saved list means, so that nobody has to guess. */
export function explainColumns(words) {
  const { columnNames, columnMeanings } = words.strings;
  const rows = Object.entries(columnNames).map(([key, name]) =>
    make("div", {}, make("dt", {}, name), make("dd", {}, columnMeanings[key])),
  );
  byId("columns").replaceChildren(...rows);
}

/** The whole result. */
export class ResultView {
  /** @param {Words} words */
  constructor(words) {
    this.words = words;
  }

  /** @param {import("../core/opening.js").Opened} opened */
  show(opened) {
    this.totals(opened);
    this.facts(opened);
    this.fileProblems(opened.problems.filter(({ record }) => !record));
    this.names(opened.named);
    this.problems(opened.problems.filter(({ record }) => record));
    byId("result").hidden = false;
    byId("result-title").focus();
  }

  totals({ totals, manifest }) {
    const whole = added(totals.A, totals.B);
    const classes = manifest.issuers.map((issuer) => issuer.class);
    const withUnreadable = whole.unreadable > 0;
    byId("unreadable-head").hidden = !withUnreadable;
    const rows = classes.map((name) => this.totalRow(this.words.className(name), totals[name], withUnreadable));
    byId("totals-body").replaceChildren(...rows);
    const several = classes.length > 1;
    byId("totals-foot").replaceChildren(
      ...(several ? [this.totalRow(this.words.say("all"), whole, withUnreadable)] : []),
    );
    const picture = { named: whole.named, total: sum(whole), number: this.words.number(sum(whole)) };
    const label = this.words.say("ringLabel", { total: sum(whole), named: whole.named });
    byId("ring").replaceChildren(ringPicture({ ...picture, label }));
  }

  totalRow(label, total, withUnreadable) {
    const numbers = [total.anonymous, total.named, ...(withUnreadable ? [total.unreadable] : []), sum(total)];
    const cells = numbers.map((number) => make("td", { class: "number" }, this.words.number(number)));
    return make("tr", {}, make("th", { scope: "row" }, label), ...cells);
  }

  facts({ manifest, withdrawn, replaced }) {
    const fact = (key, ...value) => make("div", {}, make("dt", {}, this.words.say(key)), make("dd", {}, ...value));
    const note = (key) => make("span", { class: "note" }, this.words.say(key));
    byId("facts").replaceChildren(
      ...[
        withdrawn > 0 && fact("withdrawn", this.words.number(withdrawn)),
        replaced > 0 && fact("replaced", this.words.number(replaced)),
      ].filter(Boolean),
      fact("petition", code(manifest.petition), note("petitionHelp")),
      fact("fingerprint", grouped(b64u(manifest.hash)), note("fingerprintHelp")),
    );
  }

  fileProblems(problems) {
    byId("file-problems").hidden = problems.length === 0;
    byId("file-problems-list").replaceChildren(
      ...problems.map((problem) => make("li", {}, this.words.error(problem.code))),
    );
  }

  names(rows) {
    byId("names-none").hidden = rows.length > 0;
    byId("names-some").hidden = rows.length === 0;
    byId("mailbox-note").hidden = !rows.some((row) => row.verified === ADDRESS);
    fillByPages(this.words, byId("names-body"), byId("names-more"), byId("names-shown"), rows, (row) =>
      this.nameRow(row),
    );
  }

  nameRow(row) {
    const say = (key) => this.words.say(key);
    const look = row.verified === NOT_VERIFIED ? "outcome outcome--none" : "outcome";
    const outcome = [make("span", { class: look }, this.words.outcome(row))];
    if (row.address) outcome.push(make("span", { class: "address", dir: "ltr" }, row.address));
    if (row.repeated) outcome.push(make("strong", { class: "flag" }, say("repeatedNote")));
    const cells = [
      make("th", { scope: "row", role: "rowheader" }, typed(row.name)),
      cell(say("jobTitle"), row.jobTitle && typed(row.jobTitle)),
      cell(say("site"), row.site && typed(row.site)),
      cell(say("verified"), ...outcome),
      cell(say("day"), this.words.day(row.day)),
      cell(say("language"), this.words.language(row.language)),
      cell(say("record"), code(row.record)),
    ];
    return make("tr", { role: "row" }, ...cells);
  }

  problems(problems) {
    byId("problems").hidden = problems.length === 0;
    const row = (problem) =>
      make(
        "tr",
        {},
        make("th", { scope: "row" }, code(problem.record)),
        make("td", { class: "number" }, this.words.number(problem.row)),
        make("td", {}, this.words.error(problem.code)),
      );
    fillByPages(this.words, byId("problems-body"), byId("problems-more"), byId("problems-shown"), problems, row);
  }
}
