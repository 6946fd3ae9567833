// What a voucher is worth and where, when and how often it can be used, in words.
import { defineWords, languageNow, yuan, type Answer } from "../../kit";

type Told = Answer<"kaifang.voucher.mine">["vouchers"][number];
export type Deduct = NonNullable<Told["voucher_deduct_info"]>;
export type UseRule = NonNullable<Told["voucher_use_rule_info"]>;

const words = defineWords({
  off: { zh: "{tenths}折", en: "{percent}% off" },
  special: { zh: "特价", en: "for" },
  free: { zh: "兑换", en: "Free" },
  from: { zh: "满{floor}可用", en: "orders from {floor}" },
  any: { zh: "无门槛", en: "any order" },
  most: { zh: "最多减{most}", en: "{most} off at most" },
  goods: { zh: "凭券兑换{goods}", en: "for {goods}" },
  only: { zh: "仅限{when}", en: "Only {when}" },
  never: { zh: "{when}不可用", en: "Not {when}" },
  perUser: { zh: "每人{period}最多用{count}张", en: "{count} a person may use {period}" },
  times: { zh: "可用{count}次", en: "Can be used {count} times" },
  allDay: { zh: "全天", en: "all day" },
  nextDay: { zh: "次日{time}", en: "{time} the next day" },
  span: { zh: "{begin}至{end}", en: "{begin} to {end}" },
});

const PERIODS = {
  DAY: { zh: "每天", en: "a day" },
  WEEK: { zh: "每周", en: "a week" },
  MONTH: { zh: "每月", en: "a month" },
  LIFE_CYCLE: { zh: "活动期内", en: "in all" },
};

export function period(name: string | undefined): string {
  return PERIODS[(name ?? "LIFE_CYCLE") as keyof typeof PERIODS]?.[languageNow()] ?? "";
}

export interface Worth {
  big: string; // ¥5, 8.5折
  small: string[]; // 满20可用
}

/** `yuan` without the fen that are none. */
export const short = (amount: string | undefined) => yuan(amount).replace(/\.00$/, "");

/** What a voucher takes off. */
export function worth(deduct: Deduct | undefined, face?: string): Worth {
  const w = words.now();
  const { fix_voucher_info: fix, discount_voucher_info: part, special_voucher_info: special } = deduct ?? {};
  const goods = deduct?.exchange_voucher_info;
  const floor = (fix ?? part ?? special ?? goods)?.floor_amount;
  const from = floor && !/^0(\.0*)?$/.test(floor) ? w("from", { floor: short(floor) }) : "";
  if (part) {
    const most = part.ceiling_amount ? w("most", { most: short(part.ceiling_amount) }) : "";
    return { big: w("off", { tenths: part.discount, percent: percentOff(part.discount) }), small: full(from, most) };
  }
  if (special) return { big: short(special.special_amount), small: full(w.special, from) };
  if (goods) {
    const name = goods.exchange_goods_info?.exchange_goods_name;
    return { big: w.free, small: full(name ? w("goods", { goods: name }) : "", from) };
  }
  return { big: short(face ?? fix?.amount), small: full(from || w.any) };
}

const full = (...parts: string[]) => parts.filter(Boolean);

/** "8.5" of ten is left to pay: 15 per cent off. */
function percentOff(discount: string): string {
  const [whole, part = ""] = discount.split(".");
  const left = Number(whole + part.padEnd(2, "0").slice(0, 2)); // thousandths
  return String((1000 - left) / 10);
}

/** When and how often it can be used, a line each. */
export function rulesOf(rule: UseRule | undefined): string[] {
  const w = words.now();
  const time = rule?.voucher_use_time_info;
  const named = time?.period_type === "RELATIVE" ? time.relative_period_info : time?.absolute_period_info;
  const restrict = named?.time_restrict_info;
  const lines = [
    ...(restrict?.usable_period_info ?? []).map((one: TimeRule) => w("only", { when: when(one) })),
    ...(restrict?.disable_period_info ?? []).map((one: TimeRule) => w("never", { when: when(one) })),
  ];
  const count = rule?.quantity_limit_per_user;
  if (count) lines.push(w("perUser", { period: period(rule?.quantity_limit_per_user_period_type), count }));
  if ((rule?.voucher_max_use_times ?? 1) > 1) lines.push(w("times", { count: rule!.voucher_max_use_times! }));
  return lines;
}

interface Hours {
  begin_time?: string;
  end_time_info?: { end_time: string };
}

export interface TimeRule {
  rule_type?: string;
  week_rule_info?: { week_day: string; time_range_info?: Hours };
  date_rule_info?: { date_range_info: { begin_date: string; end_date: string }; time_range_info?: Hours };
}

/** "周一至周五 13:00–18:00" */
export function when(rule: TimeRule): string {
  const w = words.now();
  const week = rule.week_rule_info;
  if (week) return full(daysOfWeek(week.week_day), hours(week.time_range_info)).join(" ");
  const date = rule.date_rule_info;
  if (!date) return w.allDay;
  const [begin, end] = [date.date_range_info.begin_date, date.date_range_info.end_date].map((day) => day.slice(0, 10));
  return full(begin === end ? begin : w("span", { begin, end }), hours(date.time_range_info)).join(" ");
}

function hours(range: Hours | undefined): string {
  const w = words.now();
  if (!range) return w.allDay;
  const begin = (range.begin_time ?? "00:00").slice(0, 5);
  const end = range.end_time_info?.end_time.slice(0, 5) ?? "24:00";
  return `${begin}–${end > begin ? end : w("nextDay", { time: end })}`;
}

/** "1,2,3,5" as names, runs of three and more as such. */
export function daysOfWeek(text: string): string {
  const w = words.now();
  const days = [...new Set(text.split(",").map(Number))].sort();
  const runs: number[][] = [];
  for (const day of days) {
    const last = runs.at(-1);
    if (last && last.at(-1) === day - 1) last.push(day);
    else runs.push([day]);
  }
  const parts = runs.flatMap((run) =>
    run.length > 2 ? [w("span", { begin: nameOfDay(run[0]), end: nameOfDay(run.at(-1)!) })] : run.map(nameOfDay),
  );
  return parts.join(languageNow() === "zh" ? "、" : ", ");
}

function nameOfDay(day: number): string {
  const at = Date.UTC(2024, 0, day); // a month that began on a Monday
  const locale = languageNow() === "zh" ? "zh-CN" : "en-GB";
  return new Intl.DateTimeFormat(locale, { weekday: "short", timeZone: "UTC" }).format(at);
}
