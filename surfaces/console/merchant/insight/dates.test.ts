import { expect, test } from "vitest";
import { before } from "./dates";

test("days before a date, over the ends of months and years", () => {
  expect(before("2026-12-13", 0)).toBe("2026-12-13");
  expect(before("2027-01-01", 1)).toBe("2026-12-31");
  expect(before("2028-03-01", 1)).toBe("2028-02-29");
});
