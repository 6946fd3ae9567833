// What is known of the platform's methods: their shapes while building, their v3 addresses while running.
import type { Methods } from "./generated/types";

export type MethodName = Extract<keyof Methods, string>;
export type Ask<M extends MethodName> = Methods[M]["ask"];
export type Answer<M extends MethodName> = Methods[M]["answer"];

export interface Target {
  verb: string;
  path: string;
  rest: Record<string, unknown>; // what the path has not taken
}

const KNOWN = ADDRESSES; // named once, as the builder writes it out wherever it is used

/** Where a call goes; a method without an official address is a POST to its name. */
export function target(method: string, ask: Record<string, unknown>): Target {
  const address = KNOWN[method] ?? `POST /v3/${method.replaceAll(".", "/")}`;
  const [verb, pattern] = address.split(" ");
  const rest = { ...ask };
  const path = pattern.replace(/\{(\w+)\}/g, (_, name: string) => {
    const value = rest[name];
    delete rest[name];
    return encodeURIComponent(String(value ?? ""));
  });
  return { verb, path, rest };
}

/** The query of a GET or DELETE: nested values as JSON, lists of texts repeated. */
export function query(ask: Record<string, unknown>): string {
  const pairs = new URLSearchParams();
  for (const [name, value] of Object.entries(ask)) {
    if (value === undefined || value === null) continue;
    const list = Array.isArray(value) && value.every((each) => typeof each !== "object") && value.length > 1;
    for (const each of list ? value : [value]) {
      pairs.append(name, typeof each === "object" ? JSON.stringify(each) : String(each));
    }
  }
  const text = pairs.toString();
  return text && `?${text}`;
}
