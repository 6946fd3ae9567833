import { expect, test } from "vitest";
import { options, pathOf, type Schema } from "./complete";

const STEP: Schema = { properties: { call: { type: "string" }, keep: { type: "string", description: "a name" } } };
const ROOT: Schema = {
  $ref: "#/$defs/Recipe",
  $defs: {
    Recipe: {
      properties: {
        recipe: { type: "string" },
        needs: { items: { type: "string" } },
        inputs: { additionalProperties: { $ref: "#/$defs/Input" } },
        rules: { items: { properties: { rule: { type: "string" }, do: { items: STEP } } } },
      },
    },
    Input: {
      properties: { kind: { enum: ["text", "amount"] }, sure: { anyOf: [{ type: "boolean" }, { type: "null" }] } },
    },
  },
};
const labels = (text: string, known = {}) => options(ROOT, text, known).map((one) => one.label);

test("where one is follows from the lines around", () => {
  const lines = ["rules:", "- rule: one", "  do:", "  - call: a", "    keep: b", "- rule: two", "  do:", "  - "];
  expect(pathOf(lines, 4)).toEqual(["rules", "[]", "do", "[]"]);
  expect(pathOf(lines, 5)).toEqual(["rules", "[]"]);
  expect(pathOf(lines, 7)).toEqual(["rules", "[]", "do", "[]"]);
  expect(pathOf(["inputs:", "  more:", "    kind: text", ""], 3)).toEqual([]);
});

test("names and values come from the schema", () => {
  expect(labels("")).toEqual(["recipe", "needs", "inputs", "rules"]);
  expect(labels("inputs:\n  more:\n    ki")).toEqual(["kind", "sure"]);
  expect(labels("inputs:\n  more:\n    kind: ")).toEqual(["text", "amount"]);
  expect(labels("inputs:\n  more:\n    sure: ")).toEqual(["true", "false"]);
  expect(labels("rules:\n- rule: one\n  do:\n  - ca")).toEqual(["call", "keep"]);
});

test("what only the platform knows is told from outside", () => {
  const known = { call: ["alipay.trade.pay"], needs: ["trade"] };
  expect(labels("rules:\n- do:\n  - call: ali", known)).toEqual(["alipay.trade.pay"]);
  expect(labels("needs:\n- tr", known)).toEqual(["trade"]);
});
