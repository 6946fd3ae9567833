import { afterEach, expect, test, vi } from "vitest";
import { defineWords, setLanguage } from "./words";

vi.stubGlobal("document", { documentElement: {} });
afterEach(() => setLanguage("zh"));

const words = defineWords({
  name: { zh: "名称", en: "Name" },
  length: { zh: "长度", en: "Length" },
  left: { zh: "还剩{count}次", en: "{count} left" },
});

test("words are said in the language of the moment, with their values", () => {
  expect([words.now().name, words.now().length]).toEqual(["名称", "长度"]);
  expect(words.now()("left", { count: 4 })).toBe("还剩4次");
  setLanguage("en");
  expect([words.now().name, words.now()("left", { count: 0 })]).toEqual(["Name", "0 left"]);
});
