import { expect, test } from "vitest";
import { cell, csv } from "./csv";

test("what a spreadsheet would calculate is text", () => {
  for (const evil of ['=HYPERLINK("http://thief")', "+1+1", "-2+3", "@SUM(A1)", "\t=1", "\r=1"]) {
    expect(cell(evil).replace(/^"/, "")).toMatch(/^'/);
  }
});

test("numbers stay numbers, also those below zero", () => {
  expect(cell("-5.00")).toBe("-5.00");
  expect(cell(12)).toBe("12");
});

test("quotes, commas and lines are kept whole", () => {
  expect(cell('a "b", c\nd')).toBe('"a ""b"", c\nd"');
  expect(
    csv(
      ["名", "b"],
      [
        ["x", undefined],
        [{ a: 1 }, ["y"]],
      ],
    ),
  ).toBe('\uFEFF名,b\r\nx,\r\n"{""a"":1}","[""y""]"\r\n');
});
