import { expect, test } from "vitest";
import type { Schema } from "../schema";
import { kindOfInput, known, placeOf, tidied } from "./values";

test("what was left empty does not travel, what is false or zero does", () => {
  const held = { a: "", b: null, c: undefined, d: [], e: { f: "" }, g: false, h: 0, i: ["", "x"] };
  expect(tidied(held)).toEqual({ g: false, h: 0, i: ["x"] });
});

test("a refusal finds its field, also inside of lists", () => {
  const schema: Schema = { properties: { goods: { type: "array", items: { properties: { price: {} } } } } };
  const follow = (one: Schema) => one;
  expect(placeOf("goods[0].price")).toEqual(["goods", 0, "price"]);
  expect(known(placeOf("goods[0].price"), schema, follow)).toBe(true);
  expect(known(placeOf("goods[0].prize"), schema, follow)).toBe(false);
});

test("each kind of member has its input", () => {
  const kind = (name: string, schema: Schema, item: Schema = {}) => kindOfInput(name, schema, item);
  expect(kind("total_amount", { type: "string", format: "amount" })).toBe("amount");
  expect(kind("pay_password", { type: "string" })).toBe("secret");
  expect(kind("body", { type: "string", maxLength: 4096 })).toBe("long text");
  expect(kind("state", { type: "string", enum: ["A"] })).toBe("choice");
  expect(kind("list", { type: "array" }, { properties: {} })).toBe("objects");
  expect(kind("facts", { type: "object" })).toBe("json");
});
