// Pastes a text without what nobody sees in it: it can tell whose copy the text was.

/**
 * @param {ClipboardEvent} event in a text field
 * @param {(text: string) => string} clean
 * @returns {boolean} whether a character that nobody sees was taken out; an odd space is only made a plain one
 */
export function pasteClean(event, clean) {
  const pasted = event.clipboardData?.getData("text/plain") ?? "";
  const plain = clean(pasted);
  if (plain === pasted) return false;
  event.preventDefault();
  insert(event.target, plain);
  return plain.length < pasted.length;
}

/** Types a text at the cursor, so that it can be undone. @param {HTMLTextAreaElement} input */
function insert(input, text) {
  input.focus();
  if (document.execCommand("insertText", false, text)) return;
  input.setRangeText(text, input.selectionStart, input.selectionEnd, "end");
  input.dispatchEvent(new Event("input", { bubbles: true }));
}
