import { expect, test } from "vitest";
import { ms, until } from "./clock";

test("times are read as those of Beijing", () => {
  expect(ms("2026-09-21 22:13:20")).toBe(1_790_000_000_000);
});

test("how long it is until then", () => {
  const now = ms("2026-09-21 22:13:20");
  expect(until(ms("2026-09-23 23:14:21"), now)).toEqual([2, 1, 1, 1]);
  expect(until(now + 1, now)).toEqual([0, 0, 0, 1]);
  expect(until(now, now)).toBeUndefined();
});
