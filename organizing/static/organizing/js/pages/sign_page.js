// What the signing pages share with their HTML: finding things, showing alerts, filling in sentences.

/** @param {string} selector @returns {HTMLElement|null} */
export const find = (selector) => document.querySelector(selector);
/** @param {string} selector @returns {HTMLElement[]} */
export const all = (selector) => Array.from(document.querySelectorAll(selector));

/**
 * A sentence of signing/messages.html, in the language of the page.
 * @param {string} key
 * @param {Record<string, unknown>} [words] for what stands in braces
 */
export function sentence(key, words = {}) {
  const box = find("#messages").content;
  const found = box.querySelector(`[data-message="${key}"]`) ?? box.querySelector('[data-message="other"]');
  return found.textContent.replace(/\{(\w+)\}/g, (whole, name) => String(words[name] ?? whole));
}

/** @param {string} name @param {boolean} [on] */
export function alertBox(name, on = true) {
  for (const box of all(`[data-alert="${name}"]`)) box.hidden = !on;
}

/** Turns on what only works with JavaScript, and hides what stands in for it. */
export function wakeUp() {
  for (const part of all("[data-js]")) part.hidden = false;
  for (const part of all("[data-nojs]")) part.hidden = true;
}

/**
 * Puts an error beside its field, or takes it away.
 * @param {string} field id of the field
 * @param {string} text "" for no error
 */
export function fieldError(field, text) {
  const box = find(`[data-error="${field}"]`);
  const input = find(`#${field}`);
  box.textContent = text;
  box.hidden = !text;
  input.toggleAttribute("aria-invalid", false);
  if (text) {
    input.setAttribute("aria-invalid", "true");
    input.focus();
  }
}

/** @param {string[]} fields */
export const clearErrors = (fields) => fields.filter((field) => field && find(`[data-error="${field}"]`)).forEach((field) => fieldError(field, ""));

/**
 * What a button with data-do="…" does. One at a time: a second tap while it runs does nothing.
 * @param {Record<string, () => unknown>} actions
 */
export function wire(actions) {
  for (const button of all("[data-do]")) {
    const action = actions[button.dataset.do];
    if (!action) continue;
    let running = false;
    button.addEventListener("click", async () => {
      if (running) return;
      running = true;
      try {
        await action();
      } finally {
        running = false;
      }
    });
  }
}

/** Shows whether there is a connection, for as long as the page is open. */
export function watchConnection() {
  const tell = () => alertBox("offline", !navigator.onLine);
  addEventListener("online", tell);
  addEventListener("offline", tell);
  tell();
}

/** A page opened without https, or in an old browser, has no WebCrypto. */
export const canSeal = () => Boolean(globalThis.isSecureContext && globalThis.crypto?.subtle && globalThis.BigInt);
