// Comments: the words that are marked become the words that a comment is about, and a comment shows its passage.
import { compileClean } from "../core/flags.js";
import { select } from "./drafting_look.js";
import { pasteClean } from "./drafting_paste.js";

const characters = (text) => [...text].length;
const units = (text, count) => [...text].slice(0, count).join("").length;

/** Fills in what a comment is about. @param {{field: string, quote: string, near: number}} passage */
export function about({ field, quote, near }) {
  const form = document.querySelector("[data-comment]");
  if (!form || !quote.trim()) return;
  form.elements.quote.value = quote.trim();
  form.elements.field.value = field;
  form.elements.near.value = near;
}

/** Whatever is pasted into a comment or an answer. */
export async function cleanPastes() {
  const talk = document.getElementById("talk");
  const answer = await fetch(talk.dataset.rules);
  const clean = compileClean(await answer.json());
  talk.addEventListener("paste", (event) => {
    if (!event.target.matches("textarea")) return;
    if (pasteClean(event, clean)) talk.querySelector("[data-stripped]").textContent = talk.dataset.stripped;
  });
}

export function goToComment() {
  document.querySelector("[data-comment]")?.elements.text.focus();
}

/** Marked words of a text field become the passage. @param {HTMLFormElement} desk */
export function watchFields(desk) {
  const take = ({ target }) => {
    const { name, value, selectionStart: start, selectionEnd: end } = target;
    if (end > start) about({ field: name, quote: value.slice(start, end), near: characters(value.slice(0, start)) });
  };
  for (const name of ["title", "addressee", "demands", "body", "consent"]) {
    desk.elements[name].addEventListener("select", take);
  }
}

/** A comment's passage is marked in the text field, instead of on the page for reading. */
export function showPassages(desk) {
  for (const link of document.querySelectorAll("[data-passage]")) {
    link.addEventListener("click", (event) => {
      const { field, start, length } = link.closest("article").dataset;
      const input = desk.elements[field];
      const first = units(input.value, Number(start));
      event.preventDefault();
      select(input, first, first + units(input.value.slice(first), Number(length)));
    });
  }
}
