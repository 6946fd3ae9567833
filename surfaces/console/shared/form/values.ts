// Between what a form holds and what a request says.
import type { Schema } from "../schema";

/** Without what was left empty: absent members do not travel. */
export function tidied(value: unknown): unknown {
  if (value instanceof Blob) return value;
  if (Array.isArray(value)) {
    const kept = value.map(tidied).filter((one) => one !== undefined);
    return kept.length ? kept : undefined;
  }
  if (value && typeof value === "object") {
    const kept = Object.entries(value)
      .map(([name, one]) => [name, tidied(one)] as const)
      .filter(([, one]) => one !== undefined);
    return kept.length ? Object.fromEntries(kept) : undefined;
  }
  return value === "" || value === null ? undefined : value;
}

/** Where a refusal's field stands in the form: `goods_detail[0].price` is goods_detail, 0, price. */
export function placeOf(field: string): (string | number)[] {
  const parts = field.split(/[.[\]]/).filter(Boolean);
  return parts.map((part) => (/^\d+$/.test(part) ? Number(part) : part));
}

/** Whether the form has a field there. */
export function known(
  place: (string | number)[],
  schema: Schema | undefined,
  follow: (schema: Schema) => Schema,
): boolean {
  const [first, ...rest] = place;
  if (first === undefined) return true;
  if (!schema) return false;
  const whole = follow(schema);
  const next = typeof first === "number" ? whole.items : whole.properties?.[first];
  return next !== undefined && known(rest, next, follow);
}

export type Kind =
  | "choice"
  | "choices"
  | "flag"
  | "whole number"
  | "amount"
  | "moment"
  | "file"
  | "object"
  | "objects"
  | "texts"
  | "json"
  | "secret"
  | "long text"
  | "text";

const LONG_TEXT = 1000; // characters, from which on a field gets several lines

const ADDRESS = 2048; // characters of an address, which is one line however long it is

/** What a member is filled in with. */
export function kindOfInput(name: string, schema: Schema, item: Schema): Kind {
  if (schema.format === "binary") return "file";
  if (schema.enum) return "choice";
  if (schema.type === "boolean") return "flag";
  if (schema.type === "integer" || schema.type === "number") return "whole number";
  if (schema.format === "money" || schema.format === "amount") return "amount";
  if (schema.format === "moment") return "moment";
  if (schema.type === "array") return kindOfSeveral(item);
  if (schema.properties) return "object";
  if (schema.type !== "string") return "json";
  if (/password$/.test(name)) return "secret";
  const longest = schema.maxLength ?? 0;
  return longest >= LONG_TEXT && longest !== ADDRESS ? "long text" : "text";
}

function kindOfSeveral(item: Schema): Kind {
  if (item.properties) return "objects";
  if (item.enum) return "choices";
  return item.type === "string" ? "texts" : "json";
}
