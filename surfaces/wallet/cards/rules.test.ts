import { afterEach, expect, test, vi } from "vitest";
import { setLanguage } from "../../kit/words";
import { daysOfWeek, rulesOf, when, worth } from "./rules";

vi.stubGlobal("document", { documentElement: {} });
afterEach(() => setLanguage("zh"));
setLanguage("zh");

test("what a voucher is worth", () => {
  expect(worth({ fix_voucher_info: { amount: "5.00", floor_amount: "20.00" } } as never)).toEqual({
    big: "¥5",
    small: ["满¥20可用"],
  });
  expect(worth({ fix_voucher_info: { amount: "5.50", floor_amount: "0.00" } } as never)).toEqual({
    big: "¥5.50",
    small: ["无门槛"],
  });
  const part = { discount_voucher_info: { discount: "8.5", ceiling_amount: "8.00" } } as never;
  expect(worth(part)).toEqual({ big: "8.5折", small: ["最多减¥8"] });
  setLanguage("en");
  expect(worth(part).big).toBe("15% off");
});

test("one of different amounts is worth its own", () => {
  expect(worth({ fix_voucher_info: { amount: "1.00" } } as never, "3.20").big).toBe("¥3.20");
});

test("runs of days are told as such", () => {
  expect(daysOfWeek("1,2,3,4,5")).toBe("周一至周五");
  expect(daysOfWeek("7,6,1")).toBe("周一、周六、周日");
  setLanguage("en");
  expect(daysOfWeek("1,2,3,7")).toBe("Mon to Wed, Sun");
});

test("hours that end the next morning say so", () => {
  const night = { begin_time: "18:00", end_time_info: { end_time: "02:00" } };
  expect(when({ week_rule_info: { week_day: "5", time_range_info: night } })).toBe("周五 18:00–次日02:00");
});

test("days of the calendar", () => {
  const days = { begin_date: "2026-10-01 00:00:00", end_date: "2026-10-07 00:00:00" };
  expect(when({ date_rule_info: { date_range_info: days } })).toBe("2026-10-01至2026-10-07 全天");
});

test("rules, a line each", () => {
  const lines = rulesOf({
    voucher_max_use_times: 3,
    quantity_limit_per_user: 2,
    quantity_limit_per_user_period_type: "DAY",
    voucher_use_time_info: {
      period_type: "RELATIVE",
      relative_period_info: {
        valid_days_after_receive: 9,
        time_restrict_info: { disable_period_info: [{ week_rule_info: { week_day: "7" } }] },
      },
    },
  } as never);
  expect(lines).toEqual(["周日 全天不可用", "每人每天最多用2张", "可用3次"]);
});
