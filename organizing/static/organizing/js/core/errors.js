// The one error type of the browser core: a code that a page turns into a sentence.

/**
 * Something that the protocol refuses. `code` is stable and never shown as it is; `details` holds
 * what a sentence may need (a position, a word, a number), and never a secret.
 */
export class ProtocolError extends Error {
  /**
   * @param {string} code for example "manifest-hash", "word-unknown", "answer-size"
   * @param {Record<string, unknown>} [details]
   */
  constructor(code, details = {}) {
    super(code);
    this.name = "ProtocolError";
    this.code = code;
    this.details = details;
  }
}

/**
 * An error answer of the site (docs/protocol.md section 13).
 * `code` is one of malformed, refused, unknown, manifest, stale, closed, busy, unavailable.
 */
export class AnswerError extends ProtocolError {
  /**
   * @param {string} code
   * @param {number} status HTTP status
   */
  constructor(code, status) {
    super(code, { status });
    this.name = "AnswerError";
    this.status = status;
  }

  /** True where waiting and sending the same bytes again is the right thing to do. */
  get retryable() {
    return this.code === "busy" || this.code === "unavailable";
  }
}
