// Tables as CSV that spreadsheets open as text, and never as formulas.

const FORMULA = /^[=+\-@\t\r]/; // what a spreadsheet would calculate, or send somewhere
const NUMBER = /^-?\d+(\.\d+)?$/;

/** One cell, as RFC 4180 wants it; a long number of digits stays text where it is one. */
export function cell(value: unknown): string {
  const text = plain(value);
  const safe = FORMULA.test(text) && !NUMBER.test(text) ? `'${text}` : text;
  return /[",\r\n]|^\s|\s$/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}

function plain(value: unknown): string {
  if (value === undefined || value === null) return "";
  return typeof value === "object" ? JSON.stringify(value) : String(value);
}

/** A whole file, with the mark by which spreadsheets know UTF-8. */
export function csv(titles: string[], rows: unknown[][]): string {
  const lines = [titles, ...rows].map((line) => line.map(cell).join(","));
  return `\uFEFF${lines.join("\r\n")}\r\n`;
}
