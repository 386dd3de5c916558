// CSV that spreadsheets read as text: RFC 4180, UTF-8 with a byte order mark, no cell that is a formula.
const BOM = "\ufeff";
// Spreadsheets also skip white space and take the full-width forms.
const FORMULA = /^[\s\u200b-\u200f]*[=+\-@\uff1d\uff0b\uff0d\uff20]|^[\t\r\n]/u;

/** @param {string|number|boolean|null|undefined} value @returns {string} one cell, quoted where it must be */
export function csvCell(value) {
  const text = String(value ?? "");
  const safe = FORMULA.test(text) ? `'${text}` : text;
  return /[",\r\n]/.test(safe) || safe !== safe.trim() ? `"${safe.replaceAll('"', '""')}"` : safe;
}

/** @param {unknown[]} cells @returns {string} one record with its line end */
export const csvLine = (cells) => `${cells.map(csvCell).join(",")}\r\n`;

/**
 * @param {string[]} header
 * @param {unknown[][]} rows
 * @returns {string} the whole file
 */
export const csvFile = (header, rows) => BOM + csvLine(header) + rows.map(csvLine).join("");
