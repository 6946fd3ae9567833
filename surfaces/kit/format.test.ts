import { afterEach, expect, test, vi } from "vitest";
import { day, moment, yuan } from "./format";
import { setLanguage } from "./words";

vi.stubGlobal("document", { documentElement: {} });
afterEach(() => setLanguage("zh"));

test.each([
  ["12345.6", "¥12,345.60"],
  ["-0.05", "-¥0.05"],
  ["1000000", "¥1,000,000.00"],
  ["9007199254740993.01", "¥9,007,199,254,740,993.01"],
  ["", ""],
  ["all of it", "all of it"],
])("%s yuan read %s", (amount, read) => expect(yuan(amount)).toBe(read));

test("a moment of the platform is read as it stands, whatever the zone here", () => {
  expect(moment("2026-01-02 23:04:05")).toContain("23:04");
  expect(day("2026-01-02 23:04:05")).toBe("2026年1月2日");
  setLanguage("en");
  expect(moment("2026-01-02 23:04:05")).toBe("2 Jan 2026, 23:04");
  expect(day(undefined)).toBe("");
});
