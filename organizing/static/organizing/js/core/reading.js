// How hard a text is to read: the twin of organizing/drafting/reading.py, which names the formulas and their sources.
const LIX_LANGUAGES = ["es", "fr", "de", "pl"];
const WORD = /[^\s.,;:!?…()[\]{}"“”«»„*_#>|/\\—–。！？，؟،؛]+/g;
const SENTENCE = /[.!?…:。！？؟]+(?=\s|$)|[。！？]|\n\s*\n|\n(?=\s*[-*0-9])/;
const HAS_LETTER = /\p{L}/u;
const BANDS = [
  [30, "very easy"],
  [40, "easy"],
  [50, "middling"],
  [60, "hard"],
];
const NOTHING = { words: 0, sentences: 0, formula: "", age: 0, score: 0, band: "" };

const characters = (word) => [...word].length;

/**
 * @param {string} text
 * @param {string} language
 * @returns {{words: number, sentences: number, formula: string, age: number, score: number, band: string}}
 */
export function measure(text, language) {
  const words = (text.match(WORD) ?? []).filter((word) => HAS_LETTER.test(word));
  const sentences = text.split(SENTENCE).filter((part) => HAS_LETTER.test(part)).length;
  const count = words.length;
  if (!count || !sentences) return NOTHING;
  const letters = words.reduce((sum, word) => sum + characters(word), 0);
  if (language === "en") {
    const grade = (4.71 * letters) / count + (0.5 * count) / sentences - 21.43;
    return { ...NOTHING, words: count, sentences, formula: "ARI", age: Math.max(5, Math.floor(grade + 0.5) + 5) };
  }
  if (LIX_LANGUAGES.includes(language)) {
    const long = words.filter((word) => characters(word) > 6).length;
    const score = Math.floor(count / sentences + (100 * long) / count + 0.5);
    const band = BANDS.find(([most]) => score <= most)?.[1] ?? "very hard";
    return { ...NOTHING, words: count, sentences, formula: "LIX", score, band };
  }
  return { ...NOTHING, words: language.startsWith("zh") ? letters : count, sentences };
}
