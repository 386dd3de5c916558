// Buttons that copy what stands beside them, for whoever has JavaScript; without, one tap selects it whole.

/** Copies the text of the element that a button names, and says so in the status that follows the button. */
async function copy(button) {
  const status = document.getElementById(button.getAttribute("aria-describedby"));
  try {
    await navigator.clipboard.writeText(document.getElementById(button.dataset.copy).textContent.trim());
    status.textContent = button.dataset.done;
  } catch {
    // Not allowed here: it can still be selected.
    status.textContent = button.dataset.failed;
  }
}

if (navigator.clipboard) {
  for (const button of document.querySelectorAll("[data-copy]")) {
    button.hidden = false;
    button.addEventListener("click", () => copy(button));
  }
}
