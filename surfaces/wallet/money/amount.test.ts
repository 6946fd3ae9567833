import { expect, test } from "vitest";
import { amountOf, fen, sides } from "./amount";

test("what people type becomes yuan with two places", () => {
  expect(amountOf("12")).toBe("12.00");
  expect(amountOf(" 12. ")).toBe("12.00");
  expect(amountOf("0012.5")).toBe("12.50");
  expect(amountOf("0.01")).toBe("0.01");
});

test("what is no amount above zero is none", () => {
  for (const typed of ["", "0", "0.00", "-1", "1.234", "1,000", "1e3", "12345678901", "."]) {
    expect(amountOf(typed)).toBeUndefined();
  }
});

test("large amounts keep every fen", () => {
  expect(fen("99999999.99")).toBe(9999999999);
  expect(sides("-0.10")).toEqual({ out: true, amount: "0.10" });
  expect(sides("0.10")).toEqual({ out: false, amount: "0.10" });
});
