// The words of pages, in both languages, beside the pages that say them.
import { remember, remembered, store } from "./store";

export type Language = "zh" | "en";
export type Said = { zh: string; en: string };
type Values = Record<string, string | number>;
export type Words<K extends string> = { readonly [key in K]: string } & ((key: K, values?: Values) => string);

const language = store<Language>(firstLanguage());

function firstLanguage(): Language {
  const chosen = remembered("language") ?? globalThis.navigator?.language ?? "zh";
  return chosen.startsWith("zh") ? "zh" : "en";
}

export const useLanguage = language.use;
export const languageNow = language.get;

export function setLanguage(next: Language): void {
  remember("language", next);
  language.set(next);
  showLanguage();
}

/** Screen readers and fonts go by the document's language. */
export function showLanguage(): void {
  document.documentElement.lang = language.get() === "zh" ? "zh-CN" : "en";
}

/** Declare words once: `const useWords = defineWords({pay: {zh: "付款", en: "Pay"}})`; in a page, `useWords().pay`. */
export function defineWords<K extends string>(said: Record<K, Said>): (() => Words<K>) & { now(): Words<K> } {
  const both = { zh: spoken(said, "zh"), en: spoken(said, "en") };
  return Object.assign(() => both[useLanguage()], { now: () => both[language.get()] });
}

function spoken<K extends string>(said: Record<K, Said>, language: Language): Words<K> {
  const words = (key: K, values: Values = {}) =>
    said[key][language].replace(/\{(\w+)\}/g, (hole, name: string) => String(values[name] ?? hole));
  for (const key of Object.keys(said) as K[]) {
    // defined, not assigned: a function's own `name` and `length` may be words, too
    Object.defineProperty(words, key, { value: said[key][language], enumerable: true });
  }
  return words as Words<K>;
}
