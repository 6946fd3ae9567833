// What a form checks before it asks: only what the schema says, so that it never refuses what the platform would take.
import type { Rule } from "antd/es/form";
import type { Schema } from "../schema";
import type { Kind } from "./values";
import type { useFormWords } from "./words";

type Words = ReturnType<typeof useFormWords>;

export function rulesOf(kind: Kind, schema: Schema, required: boolean, w: Words): Rule[] {
  const rules: Rule[] = [{ required: required && kind !== "flag", message: w.missing }];
  if (kind === "json") rules.push({ validator: checkedJson(w) });
  if (kind === "amount") rules.push({ pattern: new RegExp(schema.pattern ?? ""), message: w.amount });
  if (kind === "text" || kind === "secret" || kind === "long text") rules.push(...textRules(schema, w));
  return rules;
}

function textRules({ pattern, minLength, maxLength }: Schema, w: Words): Rule[] {
  const rules: Rule[] = [];
  if (maxLength) rules.push({ max: maxLength, message: w("longest", { count: maxLength }) });
  if (minLength && minLength > 1) rules.push({ min: minLength, message: w("shortest", { count: minLength }) });
  const compiled = pattern && compile(pattern);
  if (compiled) rules.push({ pattern: compiled, message: w("pattern", { pattern }) });
  return rules;
}

/** Python's patterns are nearly JavaScript's; what is not is left to the platform. */
function compile(pattern: string): RegExp | undefined {
  try {
    return new RegExp(pattern, "u");
  } catch {
    return undefined;
  }
}

/** JSON that is not whole yet is kept as the text it is. */
const checkedJson = (w: Words) => (_: unknown, value: unknown) =>
  typeof value === "string" ? Promise.reject(new Error(w.notJson)) : Promise.resolve();
