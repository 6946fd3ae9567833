import { expect, test } from "vitest";
import { WHOLE } from "./fields";
import { PARTS } from "./parts";
import { fieldTitle, termOf } from "./titles";

test("every word of the lists has a meaning in Chinese", () => {
  for (const [word, meaning] of Object.entries({ ...WHOLE, ...PARTS })) {
    expect(meaning, word).toMatch(/[\u4e00-\u9fff]/);
    expect(word).toMatch(/^[a-z0-9_]+$/);
  }
});

test("fields are named whole, or by their parts, or as they stand", () => {
  expect(fieldTitle("out_trade_no")).toEqual({ zh: "商户订单号", en: "Out trade no." });
  expect(fieldTitle("voucher_name").zh).toBe("券名称");
  expect(fieldTitle("no_such_zymurgy")).toEqual({ zh: "No. such zymurgy", en: "No. such zymurgy" });
});

test("a word of the wire that nobody translated is read as it stands", () => {
  expect(termOf("TRADE_SUCCESS").zh).toBe("支付成功");
  expect(termOf("SOME_NEW_STATE")).toEqual({ zh: "SOME_NEW_STATE", en: "Some new state", tone: "plain" });
});
