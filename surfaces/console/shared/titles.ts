// What a field, a method and a value are called in front of people.
import type { Said } from "../../kit/words";
import { WHOLE } from "./fields";
import { PARTS, UPPER } from "./parts";
import { TERMS, type Term } from "./terms";

/** `trade_no` is 交易号 and Trade no. */
export function fieldTitle(name: string): Said {
  const last = name.split(".").at(-1)!.replace(/^\+/, "");
  return { zh: chinese(last), en: english(last) };
}

function chinese(name: string): string {
  const whole = WHOLE[name];
  if (whole) return whole;
  const parts = partsOf(name).map((part) => SHORT[part] ?? PARTS[part] ?? WHOLE[part]);
  return parts.every(Boolean) ? parts.join("") : english(name);
}

/** Parts that mean less inside of a name than alone. */
const SHORT: Record<string, string> = {
  no: "号",
  id: "号",
  code: "码",
  at: "时间",
  by: "方",
  user: "用户",
  state: "状态",
  status: "状态",
};

function english(name: string): string {
  const words = partsOf(name).map((part) => (UPPER.has(part) ? part.toUpperCase() : part === "no" ? "no." : part));
  const text = words.join(" ");
  return text.charAt(0).toUpperCase() + text.slice(1);
}

const partsOf = (name: string): string[] =>
  name
    .replace(/([a-z0-9])([A-Z])/g, "$1_$2")
    .toLowerCase()
    .split("_")
    .filter(Boolean);

/** A word of the wire as people read it; those nobody translated are read as they stand. */
export function termOf(value: string): Term {
  const known = TERMS[value];
  if (known) return known;
  const read = /^[A-Z][A-Z0-9_]+$/.test(value)
    ? value.charAt(0) + value.slice(1).toLowerCase().replaceAll("_", " ")
    : value;
  return { zh: value, en: read, tone: "plain" };
}
