// The offline opener: a page in one file that works from a saved folder, without network. It takes an export,
// a key file and a passphrase, and shows what the signers chose to tell. Built by tools/build_opener.mjs.
import { csvFile } from "../core/csv.js";
import { ProtocolError } from "../core/errors.js";
import { openKeyFile } from "../core/keyfile.js";
import { openForAudience } from "../core/opening.js";
import { ringPicture } from "./opener_ring.js";
import { ResultView, Words, explainColumns } from "./opener_view.js";

const byId = (id) => document.getElementById(id);
const COLUMNS = [
  "name",
  "jobTitle",
  "site",
  "verified",
  "address",
  "repeated",
  "class",
  "language",
  "day",
  "record",
  "version",
  "text",
  "consent",
];

/** @param {File} file @returns {import("../core/exportfile.js").Reader} */
const readerOf = (file) => async (offset, length) => bytesOf(file.slice(offset, offset + length));

async function bytesOf(blob) {
  try {
    return new Uint8Array(await blob.arrayBuffer());
  } catch (error) {
    // A file that was moved, changed or unplugged since it was chosen.
    if (error instanceof DOMException) throw new ProtocolError("read");
    throw error;
  }
}

class OpenerPage {
  constructor() {
    this.words = new Words(JSON.parse(byId("strings").textContent), document.documentElement.lang);
    this.view = new ResultView(this.words);
    this.opened = null;
  }

  start() {
    byId("opener").hidden = false;
    explainColumns(this.words);
    byId("mark").append(ringPicture({ named: 0, total: 1, number: "", label: "" }));
    if (!globalThis.crypto?.subtle) {
      this.fail("insecure");
      byId("open").disabled = true;
      return;
    }
    byId("opener").addEventListener("submit", (event) => {
      event.preventDefault();
      this.run();
    });
    byId("show-passphrase").addEventListener("change", ({ target }) => {
      byId("passphrase").type = target.checked ? "text" : "password";
    });
    byId("csv").addEventListener("click", () => this.saveCsv());
    byId("print").addEventListener("click", () => window.print());
  }

  /** @returns {[string, HTMLElement]|null} the message for what is missing, and where */
  missing() {
    const fields = [
      ["missingExport", "export-file"],
      ["missingKey", "key-file"],
      ["missingPassphrase", "passphrase"],
    ];
    const found = fields.find(([, id]) => !(byId(id).files?.length ?? byId(id).value));
    return found ? [found[0], byId(found[1])] : null;
  }

  async run() {
    const missing = this.missing();
    if (missing) {
      this.fail(missing[0], missing[1]);
      return;
    }
    this.busy(true);
    try {
      this.opened = await this.openAll();
      this.say("done");
      this.view.show(this.opened);
    } catch (error) {
      if (!(error instanceof ProtocolError)) throw error;
      this.fail(error.code, error.code === "passphrase" ? byId("passphrase") : null);
    } finally {
      this.busy(false);
    }
  }

  async openAll() {
    const [file, keyFile] = [byId("export-file").files[0], byId("key-file").files[0]];
    this.say("busyKey");
    const bytes = await bytesOf(keyFile);
    const key = await openKeyFile({
      bytes,
      passphrase: byId("passphrase").value,
      onProgress: (share) => this.advance(share, 1),
    });
    try {
      // A screen reader has the progress bar; it need not read out every step of the sentence too.
      byId("status").setAttribute("aria-busy", "true");
      const onProgress = (done, total) => {
        this.advance(done, total);
        this.say("busyRecords", { done, total });
      };
      return await openForAudience({ read: readerOf(file), size: file.size, key, onProgress });
    } finally {
      byId("status").removeAttribute("aria-busy");
      key.seed.fill(0);
      byId("passphrase").value = "";
    }
  }

  say(key, values) {
    byId("status").classList.remove("status--wrong");
    byId("status").textContent = this.words.say(key, values);
  }

  /** @param {string} code a message of the page, or the code of an error */
  fail(code, field = null) {
    byId("status").classList.add("status--wrong");
    byId("status").textContent = this.words.strings[code] ?? this.words.error(code);
    for (const input of document.querySelectorAll("[aria-invalid]")) input.removeAttribute("aria-invalid");
    field?.setAttribute("aria-invalid", "true");
    field?.focus();
  }

  advance(done, total) {
    byId("progress").max = total;
    byId("progress").value = done;
  }

  busy(running) {
    byId("progress").hidden = !running;
    byId("open").disabled = running;
    byId("opener").setAttribute("aria-busy", String(running));
    if (!running) return;
    for (const input of document.querySelectorAll("[aria-invalid]")) input.removeAttribute("aria-invalid");
    byId("result").hidden = true;
    this.advance(0, 1);
  }

  saveCsv() {
    const rows = this.opened.named.map((row) => {
      const plain = {
        ...row,
        verified: this.words.outcome(row),
        class: row.issuerClass,
        repeated: row.repeated ? this.words.say("yes") : "",
      };
      return COLUMNS.map((column) => plain[column]);
    });
    const file = new Blob(
      [
        csvFile(
          COLUMNS.map((column) => this.words.say(column)),
          rows,
        ),
      ],
      { type: "text/csv;charset=utf-8" },
    );
    const link = document.createElement("a");
    link.href = URL.createObjectURL(file);
    link.download = `roundrobin-${this.opened.manifest.petition.slice(0, 8)}.csv`;
    link.click();
    // Firefox reads the blob only after the click has been handled.
    setTimeout(() => URL.revokeObjectURL(link.href), 10_000);
  }
}

new OpenerPage().start();
