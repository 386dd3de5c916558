// Talking to the site: no cookie, no referrer, no cache; the same bytes again until there is an answer.
import { readAnswer } from "../core/client.js";
import { AnswerError, ProtocolError } from "../core/errors.js";

const QUIET = { credentials: "omit", referrerPolicy: "no-referrer", cache: "no-store", redirect: "error" };
const PATIENCE = 30_000;
const LONGEST = 60;

/** No answer came: the network is down, or something on the way cut it off. */
export class NoConnection extends Error {}

async function ask(url, options) {
  try {
    const response = await fetch(url, { ...QUIET, ...options, signal: AbortSignal.timeout?.(PATIENCE) });
    return { response, bytes: new Uint8Array(await response.arrayBuffer()) };
  } catch (error) {
    if (error instanceof TypeError || error instanceof DOMException) throw new NoConnection();
    throw error;
  }
}

/**
 * @param {string} url
 * @returns {Promise<Uint8Array>}
 * @throws {NoConnection} for no answer; {ProtocolError} "unknown" for any answer but 200
 */
export async function fetchBytes(url) {
  const { response, bytes } = await ask(url, { method: "GET" });
  if (response.status >= 500) throw new NoConnection();
  if (response.status !== 200) throw new ProtocolError("unknown", { status: response.status });
  return bytes;
}

async function postOnce(url, body) {
  const headers = { "Content-Type": "application/octet-stream" };
  const { response, bytes } = await ask(url, { method: "POST", headers, body });
  try {
    return { answer: readAnswer(response.status, bytes) };
  } catch (error) {
    // A proxy in between answers 502 to 504 in its own words: the site is there, but not now.
    const away = error instanceof ProtocolError && error.code === "answer-malformed" && response.status >= 500;
    const trouble = away ? new AnswerError("unavailable", response.status) : error;
    if (!trouble.retryable) throw trouble;
    return { trouble: trouble.code, after: Number(response.headers.get("Retry-After")) || 0 };
  }
}

async function postOrTrouble(url, body) {
  try {
    return await postOnce(url, body);
  } catch (error) {
    if (error instanceof NoConnection) return { trouble: navigator.onLine ? "network" : "offline", after: 0 };
    throw error;
  }
}

/**
 * Waits, but not longer than until the connection is back or somebody calls `wait.wake()`.
 * @param {number} seconds
 * @param {{wake?: () => void}} wait gets its `wake`
 */
function pause(seconds, wait) {
  return new Promise((resolve) => {
    const done = () => {
      clearTimeout(timer);
      removeEventListener("online", done);
      resolve();
    };
    const timer = setTimeout(done, seconds * 1000);
    addEventListener("online", done);
    wait.wake = done;
  });
}

/**
 * POSTs the same bytes until the site has answered them.
 * @param {string} url
 * @param {Uint8Array} body
 * @param {{onWait: (trouble: string|null, seconds: number) => void, wait: {wake?: () => void}}} watch
 *   onWait is told "offline", "network", "busy" or "unavailable" before each wait, and null before each try
 * @returns {Promise<Record<string, unknown>>}
 * @throws {AnswerError} an answer that waiting does not change
 */
export async function post(url, body, { onWait, wait }) {
  for (let tries = 1; ; tries += 1) {
    onWait(null, 0);
    const { answer, trouble, after } = await postOrTrouble(url, body);
    if (answer) return answer;
    const seconds = after || Math.min(LONGEST, 2 ** tries);
    onWait(trouble, seconds);
    await pause(seconds, wait);
  }
}
