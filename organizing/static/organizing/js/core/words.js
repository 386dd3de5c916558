// The secret as twelve words: BIP-39 English, entropy only (docs/protocol.md section 4).
import { ProtocolError } from "./errors.js";
import { englishWords, entropyToMnemonic, mnemonicToEntropy } from "../vendor.js";

const COUNT = 12;
const KNOWN = new Set(englishWords);

/** @param {Uint8Array} secret 16 bytes @returns {string[]} twelve words */
export const secretToWords = (secret) => entropyToMnemonic(secret, englishWords).split(" ");

/**
 * @param {string} text twelve words in any case, numbered or not, with anything but letters between them
 * @returns {Uint8Array} 16 bytes
 * @throws {ProtocolError} "words-count" {found}; "words-unknown" {position (from 1), word, suggestions};
 *   "words-checksum" where each word is one of the list, but together they are not a secret
 */
export function wordsToSecret(text) {
  // Letters alone: numbers and dots of a printed list come along when it is copied.
  const words = text.toLowerCase().match(/\p{L}+/gu) ?? [];
  const wrong = words.findIndex((word) => !KNOWN.has(word));
  if (wrong >= 0) {
    throw new ProtocolError("words-unknown", {
      position: wrong + 1,
      word: words[wrong],
      suggestions: nearestWords(words[wrong]),
    });
  }
  if (words.length !== COUNT) throw new ProtocolError("words-count", { found: words.length, expected: COUNT });
  return entropyOf(words);
}

function entropyOf(words) {
  try {
    return mnemonicToEntropy(words.join(" "), englishWords);
  } catch (error) {
    // Count and words were checked: what the library can still refuse is the checksum.
    if (error instanceof Error) throw new ProtocolError("words-checksum");
    throw error;
  }
}

/**
 * @param {string} word not in the list
 * @param {number} [limit]
 * @returns {string[]} the words that are at most two keystrokes away, nearest first
 */
export function nearestWords(word, limit = 3) {
  const rated = englishWords.map((candidate) => [distance(word, candidate), candidate]);
  const near = rated.filter(([edits]) => edits <= 2).sort(([a], [b]) => a - b);
  return near.slice(0, limit).map(([, candidate]) => candidate);
}

/** Levenshtein distance, with a swap of two neighbours counted as one. */
function distance(a, b) {
  if (Math.abs(a.length - b.length) > 2) return 3;
  let [before, row] = [[], Array.from({ length: b.length + 1 }, (_, i) => i)];
  for (let i = 1; i <= a.length; i += 1) {
    const next = [i];
    for (let j = 1; j <= b.length; j += 1) {
      const change = row[j - 1] + (a[i - 1] === b[j - 1] ? 0 : 1);
      const swap = i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1] ? before[j - 2] + 1 : Infinity;
      next.push(Math.min(row[j] + 1, next[j - 1] + 1, change, swap));
    }
    [before, row] = [row, next];
  }
  return row[b.length];
}
