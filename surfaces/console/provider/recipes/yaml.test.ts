import { expect, test } from "vitest";
import { written } from "./yaml";

test("what nests stands on lines of its own, and what could be something else stands in quotes", () => {
  const recipe = {
    recipe: "thanks",
    version: "1.0.0",
    title: { zh: "谢", en: "Thanks: a lot" },
    needs: ["fund"],
    none: [],
    absent: null,
    rules: [{ rule: "one", on: "trade.pay", do: [{ call: "a.b", ask: { no: "{{run.id}}", yes: "true" } }] }],
  };
  expect(written(recipe)).toBe(`recipe: thanks
version: "1.0.0"
title:
  zh: 谢
  en: "Thanks: a lot"
needs:
- fund
none: []
rules:
- rule: one
  on: trade.pay
  do:
  - call: a.b
    ask:
      no: "{{run.id}}"
      yes: "true"
`);
});
