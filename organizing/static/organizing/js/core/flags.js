// Finds what could identify an author or get people into trouble. Text in, places out: nothing is sent anywhere.
// The twin of organizing/drafting/flags.py; both read flag_rules.json.

const escaped = (text) => text.replace(/[\\^$.*+?()[\]{}|/]/g, "\\$&");

/** Each name as a whole word, the longest first; at the beginning of a sentence, too. */
function anyOf(names) {
  const ways = new Set(names.flatMap((name) => [name, name.slice(0, 1).toUpperCase() + name.slice(1)]));
  const longestFirst = [...ways].sort((one, other) => other.length - one.length).map(escaped);
  return new RegExp(`(?<![\\p{L}\\p{N}_])(?:${longestFirst.join("|")})(?![\\p{L}\\p{N}_])`, "gu");
}

/**
 * @param {{classes: Record<string, string>, names: string, rules: object[]}} data flag_rules.json
 * @param {string[]} units names that tell who wrote a text
 * @returns {{kind: string, pattern: RegExp, except: string[]}[]}
 */
export function compileRules(data, units = []) {
  const rules = data.rules.filter((rule) => rule.pattern || units.length);
  return rules.map((rule) => {
    if (!rule.pattern) return { kind: rule.kind, pattern: anyOf(units), except: [] };
    let text = rule.pattern.replaceAll("{NAMES}", data.names);
    for (const [name, letters] of Object.entries(data.classes)) text = text.replaceAll(`{${name}}`, letters);
    const marks = `g${rule.ignore_case ? "i" : ""}${rule.whole_characters ? "u" : ""}`;
    return { kind: rule.kind, pattern: new RegExp(text, marks), except: rule.except ?? [] };
  });
}

const overlaps = (one, others) => others.some((other) => one.start < other.end && other.start < one.end);

function* matches({ kind, pattern }, text) {
  for (const match of text.matchAll(pattern))
    if (match[0]) yield { start: match.index, end: match.index + match[0].length, kind, words: match[0] };
}

/**
 * @param {string} text
 * @param {string} language
 * @param {ReturnType<typeof compileRules>} rules
 * @returns {{start: number, end: number, kind: string, words: string}[]} in the order of the text; places count
 *   UTF-16 units. Where two would overlap, the earlier rule has the place.
 */
export function findFlags(text, language, rules) {
  const taken = [];
  for (const rule of rules) {
    if (rule.except.includes(language)) continue;
    // All matches of one rule are looked at against what was taken before it.
    taken.push(...[...matches(rule, text)].filter((flag) => !overlaps(flag, taken)));
  }
  return taken.sort((one, other) => one.start - other.start);
}

/**
 * What takes the characters that nobody sees out of a text, and makes every odd space a plain one: either can tell
 * whose copy it was. The twin of organizing/drafting/unseen.py.
 * @param {{classes: Record<string, string>}} data flag_rules.json
 * @returns {(text: string) => string}
 */
export function compileClean({ classes }) {
  const unseen = new RegExp(classes.UNSEEN, "gu");
  const spaces = new RegExp(`[${classes.SPACES}]`, "gu");
  return (text) => text.replace(unseen, "").replace(spaces, " ");
}
