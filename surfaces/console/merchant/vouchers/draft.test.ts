import { describe, expect, test } from "vitest";
import { asked, type Draft } from "./draft";

const draft: Draft = {
  name: "满减",
  kind: "FIX_VOUCHER",
  amount: "5.00",
  quantity: 10,
  end: "2026-12-31 00:00:00",
  days: 7,
};

describe("a new activity", () => {
  test("takes a fixed amount off, from so much on", () => {
    expect(asked({ ...draft, floor: "20.00" }, "n1")).toMatchObject({
      out_biz_no: "n1",
      voucher_deduct_info: { voucher_type: "FIX_VOUCHER", fix_voucher_info: { amount: "5.00", floor_amount: "20.00" } },
    });
  });
  test("takes a part off, with a cap", () => {
    const told = asked({ ...draft, kind: "DISCOUNT_VOUCHER", discount: "8.5", most: "10.00" }, "n2");
    expect(told.voucher_deduct_info).toEqual({
      voucher_type: "DISCOUNT_VOUCHER",
      discount_voucher_info: { discount: "8.5", ceiling_amount: "10.00" },
    });
  });
  test("is offered to everybody, and paid for beforehand, only if that was said", () => {
    expect(asked(draft, "n3").voucher_send_mode_info).not.toHaveProperty("delivery_channel_list");
    expect(asked(draft, "n3")).not.toHaveProperty("voucher_budget_supply_info");
    const told = asked({ ...draft, public: true, aside: true }, "n4");
    expect(told.voucher_send_mode_info).toMatchObject({ delivery_channel_list: ["PREFER_CHANNEL"] });
    expect(told.voucher_budget_supply_info).toEqual({ budget_type: "RECHARGE" });
  });
});
