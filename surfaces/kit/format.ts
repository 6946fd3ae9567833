// Money and time as people read them. Times of the platform are read as they stand: they name no zone.
import { languageNow } from "./words";

/** `yuan("12345.6")` is ¥12,345.60; digits are moved, never calculated with. */
export function yuan(amount: string | number | undefined | null): string {
  if (amount === undefined || amount === null || amount === "") return "";
  const [, minus, whole, part = ""] = /^(-?)(\d+)(?:\.(\d+))?$/.exec(String(amount).trim()) ?? [];
  if (whole === undefined) return String(amount);
  const grouped = whole.replace(/\B(?=(\d{3})+$)/g, ",");
  return `${minus}¥${grouped}.${part.padEnd(2, "0").slice(0, Math.max(2, part.length))}`;
}

/** "2026-01-02 03:04:05" as a moment of a day; "" for nothing. */
export function moment(text: string | undefined | null): string {
  return written(text, { year: "numeric", month: "short", day: "numeric", hour: "2-digit", minute: "2-digit" });
}

/** The day alone. */
export function day(text: string | undefined | null): string {
  return written(text, { year: "numeric", month: "short", day: "numeric" });
}

function written(text: string | undefined | null, parts: Intl.DateTimeFormatOptions): string {
  if (!text) return "";
  const [, year, month, date, hour = "0", minute = "0"] =
    /^(\d{4})-(\d\d)-(\d\d)(?:[T ](\d\d):(\d\d))?/.exec(text) ?? [];
  if (!year) return text;
  const at = Date.UTC(+year, +month - 1, +date, +hour, +minute);
  const locale = languageNow() === "zh" ? "zh-CN" : "en-GB";
  return new Intl.DateTimeFormat(locale, { ...parts, hourCycle: "h23", timeZone: "UTC" }).format(at);
}
