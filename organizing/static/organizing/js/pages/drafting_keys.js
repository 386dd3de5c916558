// Keyboard shortcuts of the writer's page. Those with Ctrl + Alt are left alone where AltGr types a letter.
const isCommand = (event) => (event.ctrlKey || event.metaKey) && !event.getModifierState("AltGraph");

/**
 * @param {Record<string, () => void>} acts by name: "mod+s", "mod+alt+m"; "mod+enter" is for forms
 */
export function listen(acts) {
  document.addEventListener("keydown", (event) => {
    if (!isCommand(event)) return;
    if (event.key === "Enter") {
      sendTalk(event);
      return;
    }
    // By place on the keyboard: with Alt, a Mac types another sign.
    const letter = event.code.replace(/^Key/, "").toLowerCase();
    const act = acts[`mod+${event.altKey ? "alt+" : ""}${event.altKey ? letter : event.key.toLowerCase()}`];
    if (!act || event.shiftKey) return;
    event.preventDefault();
    act();
  });
}

function sendTalk(event) {
  const form = event.target.closest?.(".talk form");
  if (!form) return;
  event.preventDefault();
  form.requestSubmit();
}

/** Buttons for the browser's own undo, which also knows what was typed before the last save of a field. */
export function undoButtons(form) {
  let last = form.elements.body;
  form.addEventListener("focusin", (event) => {
    if (event.target.matches("textarea, input[type=text]")) last = event.target;
  });
  for (const name of ["undo", "redo"]) {
    const button = form.querySelector(`[data-${name}]`);
    button.hidden = false;
    // The field keeps the focus, as the command works on it.
    button.addEventListener("mousedown", (event) => event.preventDefault());
    button.addEventListener("click", () => {
      last.focus();
      document.execCommand(name);
    });
  }
}
