// The page for reading: words that are marked with the mouse or the finger become the words of a comment.
import { listen } from "./drafting_keys.js";
import { about, cleanPastes, goToComment } from "./drafting_talk.js";

/** How many characters of the saved text stand before a point; the numbers of comments are none of it. */
function place(part, node, offset) {
  const before = document.createRange();
  before.setStart(part, 0);
  before.setEnd(node, offset);
  const copy = before.cloneContents();
  for (const number of copy.querySelectorAll("sup")) number.remove();
  return [...copy.textContent].length;
}

function withoutNumbers(range) {
  const copy = range.cloneContents();
  for (const number of copy.querySelectorAll("sup")) number.remove();
  return copy.textContent;
}

document.addEventListener("selectionchange", () => {
  const selection = document.getSelection();
  if (!selection.rangeCount || selection.isCollapsed) return;
  const range = selection.getRangeAt(0);
  const part = range.startContainer.parentElement?.closest("[data-part]");
  if (!part?.contains(range.endContainer)) return;
  const near = place(part, range.startContainer, range.startOffset);
  about({ field: part.dataset.part, quote: withoutNumbers(range), near });
});
listen({ "mod+alt+m": goToComment });
cleanPastes();
