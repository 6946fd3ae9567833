// What somebody chose in a list, for when they come back to it; gone with the window, and with who is signed in.
import { useState } from "react";
import { whenSessionChanges } from "../../../kit/session";

const kept = new Map<string, unknown>();

whenSessionChanges(() => kept.clear());

/** Like useState, for this page and this name. */
export function useKept<T>(name: string, initial: T): [T, (value: T) => void] {
  const [key] = useState(`${location.hash} ${name} ${JSON.stringify(initial)}`);
  const [value, setValue] = useState<T>(() => (kept.has(key) ? (kept.get(key) as T) : initial));
  const set = (next: T) => {
    kept.set(key, next);
    setValue(next);
  };
  return [value, set];
}
