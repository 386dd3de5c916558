// Keeps what is typed, for the writer alone: sealed on the server, never in this browser's storage, which on a
// borrowed or watched computer outlives the tab. A closed tab or a lost connection costs a second of typing.
const PAUSE = 1500;

export class Keeper {
  /** @param {HTMLFormElement} form with data-keep, data-kept and data-failed */
  constructor(form) {
    this.form = form;
    this.state = document.querySelector("[data-state]");
    this.isNew = false;
  }

  start() {
    this.form.addEventListener("input", () => this.soon());
    this.form.addEventListener("submit", () => this.stop());
    // The last moment in which a closing tab may still send something.
    document.addEventListener("visibilitychange", () => document.visibilityState === "hidden" && this.sendOff());
  }

  /** What was just typed is kept before another form of the page is sent. */
  beforeOthers() {
    document.addEventListener("submit", async (event) => {
      const { target, submitter } = event;
      if (target === this.form || !this.isNew) return;
      event.preventDefault();
      clearTimeout(this.timer);
      await this.send();
      this.isNew = false;
      target.requestSubmit(submitter);
    });
  }

  soon() {
    this.isNew = true;
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.send(), PAUSE);
  }

  stop() {
    this.isNew = false;
    clearTimeout(this.timer);
    this.request?.abort();
  }

  async send() {
    if (!this.isNew) return;
    this.isNew = false;
    this.request = new AbortController();
    const body = new FormData(this.form);
    try {
      const answer = await fetch(this.form.dataset.keep, { method: "POST", body, signal: this.request.signal });
      this.say(answer.status === 204 ? "kept" : "failed");
    } catch (error) {
      if (error.name === "AbortError") return;
      this.isNew = true;
      this.say("failed");
    }
  }

  sendOff() {
    if (!this.isNew) return;
    // A text of more than 64 KiB is too long for a beacon: it goes the ordinary way, if there is time.
    if (navigator.sendBeacon(this.form.dataset.keep, new FormData(this.form))) this.isNew = false;
    else this.send();
  }

  say(name) {
    this.state.textContent = this.form.dataset[name];
  }
}
