// One value that pages watch.
import { useSyncExternalStore } from "react";

export interface Store<T> {
  get(): T;
  set(value: T): void;
  use(): T;
  watch(told: () => void): () => void;
}

export function store<T>(first: T): Store<T> {
  let value = first;
  const watchers = new Set<() => void>();
  const watch = (told: () => void) => {
    watchers.add(told);
    return () => void watchers.delete(told);
  };
  const get = () => value;
  const set = (next: T) => {
    value = next;
    watchers.forEach((told) => told());
  };
  return { get, set, watch, use: () => useSyncExternalStore(watch, get) };
}

/** What this browser remembers under a name; a browser that forbids it remembers nothing. */
export function remembered(name: string): string | null {
  try {
    return localStorage.getItem(`kaifang-${name}`);
  } catch {
    return null;
  }
}

export function remember(name: string, value: string): void {
  try {
    localStorage.setItem(`kaifang-${name}`, value);
  } catch {
    // then it is the same again next time
  }
}
