import { expect, test } from "vitest";
import { barsOf, path } from "./Code";

test("each run of dark modules is one rectangle", () => {
  const rows = [
    [true, true, false, true],
    [false, false, true, false],
  ];
  expect(path(rows)).toBe("M0 0h2v1h-2zM3 0h1v1h-1zM2 1h1v1h-1z");
});

test("bars begin and end as Code 128 does, and even counts of digits are packed in pairs", () => {
  expect(barsOf("123456")).toMatch(/^11010011100.*1100011101011$/);
  expect(barsOf("123456")!.length).toBeLessThan(barsOf("ABCDEF")!.length);
});

test("what bars cannot say is not drawn", () => {
  expect(barsOf("福")).toBeUndefined();
});
