// Light or dark: as the system, until somebody chooses.
import { remember, remembered, store } from "./store";

export type Theme = "system" | "light" | "dark";

const chosen = store<Theme>((remembered("theme") as Theme | null) ?? "system");
const system = globalThis.matchMedia?.("(prefers-color-scheme: dark)");
const dark = store(isDark());

function isDark(): boolean {
  return chosen.get() === "system" ? Boolean(system?.matches) : chosen.get() === "dark";
}

export function useTheme(): { chosen: Theme; dark: boolean } {
  return { chosen: chosen.use(), dark: dark.use() };
}

export function setTheme(next: Theme): void {
  remember("theme", next);
  chosen.set(next);
  showTheme();
}

/** The look (look.css) and antd-mobile go by these attributes. */
export function showTheme(): void {
  dark.set(isDark());
  const shown = isDark() ? "dark" : "light";
  document.documentElement.dataset.theme = shown;
  document.documentElement.dataset.prefersColorScheme = shown;
}

system?.addEventListener("change", showTheme);
