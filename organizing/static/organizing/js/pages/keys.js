// The page on which an organizer makes the key that opens names. The private key is made here, sealed under
// a passphrase in a file that is offered for download, and never part of any request: the form posts the
// public key alone, and only after the downloaded file was opened again as a test.
//
// <form id="key-form" method="post" data-audience="organizers" …> with
//   #passphrase, #passphrase-again (no name attributes), checkbox #understood,
//   <input type="hidden" name="public_key">, <progress id="key-progress" hidden>,
//   <p id="key-status" role="status">, <a id="key-download" download hidden>, <button id="key-submit" disabled>;
//   optional: <button type="button" id="key-make"> (without it ticking #understood starts) and
//   <output id="key-fingerprint"> (without it the fingerprint follows the status).
//
// Attributes of the form, translated by the server:
//   data-audience             audience id of the manifest
//   data-filename             name of the downloaded file, such as "roundrobin-organizers.key.json"
//   data-min-length           least number of characters of the passphrase (default 14)
//   data-message-short        the passphrase is too short
//   data-message-differ       the two passphrases differ
//   data-message-understand   the box must be ticked first
//   data-message-working      the key is being made
//   data-message-checking     the file is being opened again as a test
//   data-message-download     made and tested: download the file now
//   data-message-ready        downloaded: the public key can be sent
//   data-message-failed       something went wrong: nothing was sent, load the page again
//   data-message-insecure     this browser or an http:// address has no cryptography
//   data-message-fingerprint  contains {fingerprint}
import { b64u, equal } from "../core/encoding.js";
import { newAudienceKey } from "../core/envelope.js";
import { ProtocolError } from "../core/errors.js";
import { fingerprint, makeKeyFile, openKeyFile } from "../core/keyfile.js";
import { showFingerprint } from "./fingerprints.js";

const DEFAULT_MIN_LENGTH = 14;

const byId = (id) => document.getElementById(id);

class KeyPage {
  /** @param {HTMLFormElement} form */
  constructor(form) {
    this.form = form;
    this.inputs = [byId("passphrase"), byId("passphrase-again"), byId("understood")];
    this.download = byId("key-download");
    this.progress = byId("key-progress");
    this.submit = byId("key-submit");
    this.made = false;
  }

  start() {
    // Whatever the markup says, what is typed here is never sent.
    for (const input of this.inputs.slice(0, 2)) input.removeAttribute("name");
    this.submit.disabled = true;
    this.form.addEventListener("submit", (event) => this.onSubmit(event));
    if (!globalThis.crypto?.subtle) {
      this.say("insecure");
      return;
    }
    const trigger = byId("key-make");
    if (trigger) trigger.addEventListener("click", () => this.begin());
    else
      for (const input of this.inputs) input.addEventListener("change", () => this.inputs[2].checked && this.begin());
    this.download.addEventListener("click", () => this.onDownload());
  }

  /** @param {string} name the last part of a data-message-… attribute */
  say(name, details = "") {
    byId("key-status").textContent = [this.form.getAttribute(`data-message-${name}`), details]
      .filter(Boolean)
      .join(" ");
  }

  /** @returns {string|null} the message for what is missing */
  obstacle() {
    const [passphrase, again, understood] = this.inputs;
    if ([...passphrase.value].length < Number(this.form.dataset.minLength ?? DEFAULT_MIN_LENGTH)) return "short";
    if (passphrase.value !== again.value) return "differ";
    return understood.checked ? null : "understand";
  }

  async begin() {
    if (this.made) return;
    const missing = this.obstacle();
    if (missing) {
      this.say(missing);
      return;
    }
    this.made = true;
    this.freeze(true);
    try {
      await this.make(this.inputs[0].value);
    } catch (error) {
      this.say("failed");
      throw error;
    } finally {
      this.progress.hidden = true;
    }
  }

  async make(passphrase) {
    const audience = this.form.dataset.audience;
    const key = await newAudienceKey();
    this.say("working");
    const text = await makeKeyFile({ audience, ...key, passphrase, onProgress: (share) => this.advance(share / 2) });
    const file = new Blob([text], { type: "application/json" });
    this.say("checking");
    await this.test(file, passphrase, key);
    this.offer(file, await fingerprint(key.publicKey));
    this.form.elements.public_key.value = b64u(key.publicKey);
    key.seed.fill(0);
  }

  /** Opens exactly the bytes that will be downloaded. */
  async test(file, passphrase, key) {
    const bytes = new Uint8Array(await file.arrayBuffer());
    const opened = await openKeyFile({ bytes, passphrase, onProgress: (share) => this.advance(0.5 + share / 2) });
    const same = equal(opened.seed, key.seed) && equal(opened.publicKey, key.publicKey);
    opened.seed.fill(0);
    if (!same) throw new ProtocolError("key-file");
  }

  offer(file, print) {
    this.download.href = URL.createObjectURL(file);
    this.download.download = this.form.dataset.filename ?? `${this.form.dataset.audience}.key.json`;
    this.download.hidden = false;
    const sentence = this.form.getAttribute("data-message-fingerprint") ?? "{fingerprint}";
    const output = byId("key-fingerprint");
    if (output) this.showPrint(output, sentence, print);
    this.say("download", output ? "" : sentence.replace("{fingerprint}", print));
    this.download.focus();
  }

  /** The sentence, with the fingerprint in groups inside it. */
  showPrint(output, sentence, print) {
    const [before, after = ""] = sentence.split("{fingerprint}");
    const code = document.createElement("code");
    code.dir = "ltr";
    showFingerprint(code, print);
    output.replaceChildren(before, code, after);
  }

  onDownload() {
    for (const input of this.inputs.slice(0, 2)) input.value = "";
    this.submit.disabled = false;
    // One red button at a time: the next thing to do is to send.
    this.download.classList.add("button--plain");
    this.say("ready");
  }

  /** @param {SubmitEvent} event */
  onSubmit(event) {
    if (this.submit.disabled || !this.form.elements.public_key.value) event.preventDefault();
  }

  advance(share) {
    this.progress.hidden = false;
    this.progress.max = 1;
    this.progress.value = share;
  }

  freeze(frozen) {
    for (const input of [...this.inputs.slice(0, 2), byId("key-make")].filter(Boolean)) input.disabled = frozen;
  }
}

const form = byId("key-form");
if (form) new KeyPage(form).start();
