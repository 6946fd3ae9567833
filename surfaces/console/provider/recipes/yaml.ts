// Plain values written as YAML that the platform reads back as the same.

const PLAIN = /^[A-Za-z\u4e00-\u9fff][\w\u4e00-\u9fff .\-/()]*$/;
const WORDS = /^(true|false|null|~)$/i;

/** A recipe as it is written by hand: what nests on lines of its own. */
export function written(value: unknown): string {
  return block(value, "").replace(/^\n/, "") + "\n";
}

function block(value: unknown, indent: string): string {
  if (Array.isArray(value)) {
    if (!value.length) return " []";
    return value.map((one) => `\n${indent}-${inItem(one, `${indent}  `)}`).join("");
  }
  if (value !== null && typeof value === "object") {
    const members = Object.entries(value).filter(([, one]) => one !== undefined && one !== null);
    if (!members.length) return " {}";
    return members.map(([name, one]) => `\n${indent}${key(name)}:${below(one, indent)}`).join("");
  }
  return ` ${scalar(value)}`;
}

/** Lists stand under their name, members two blanks further in. */
const below = (value: unknown, indent: string): string => block(value, Array.isArray(value) ? indent : `${indent}  `);

/** The first member of an item stands behind its dash. */
const inItem = (value: unknown, indent: string): string => block(value, indent).replace(`\n${indent}`, " ");

const key = (name: string): string => (PLAIN.test(name) && !WORDS.test(name) ? name : JSON.stringify(name));

function scalar(value: unknown): string {
  if (typeof value !== "string") return JSON.stringify(value);
  return PLAIN.test(value) && !WORDS.test(value) && !/\s$/.test(value) ? value : JSON.stringify(value);
}
