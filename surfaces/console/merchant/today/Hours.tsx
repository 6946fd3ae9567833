// What was sold hour by hour, beside the same hours of earlier days.
import { defineWords, useLanguage, yuan } from "../../../kit";
import { Chart } from "../../shared";
import type { Day } from "./Figures";

const useWords = defineWords({
  now: { zh: "这一天", en: "This day" },
  before: { zh: "前一天", en: "Day before" },
  week: { zh: "上周同日", en: "Week before" },
});
const COLUMNS = [
  { zh: "时", en: "Hour" },
  { zh: "订单", en: "Orders" },
  { zh: "收款", en: "Receipts" },
  { zh: "前一天", en: "Day before" },
  { zh: "上周同日", en: "Week before" },
];

export function Hours({ day }: { day: Day }) {
  const w = useWords();
  const language = useLanguage();
  const over = day.as_of.slice(0, 10) === day.date.slice(0, 10) ? Number(day.as_of.slice(11, 13)) : 23;
  const begun = day.hours.map((one) => (one.hour <= over ? Number(one.receipts) : null));
  const option = {
    legend: { bottom: 0 },
    grid: { left: 8, right: 8, top: 16, bottom: 40, containLabel: true },
    tooltip: { trigger: "axis" as const, valueFormatter: (value: unknown) => yuan(value as string) },
    xAxis: {
      type: "category" as const,
      data: day.hours.map((one) => String(one.hour)),
      name: language === "zh" ? "时" : "h",
    },
    yAxis: { type: "value" as const },
    series: [
      { name: w.now, type: "bar" as const, data: begun },
      {
        name: w.before,
        type: "line" as const,
        symbol: "none",
        data: day.hours.map((one) => Number(one.receipts_day_before)),
      },
      {
        name: w.week,
        type: "line" as const,
        symbol: "none",
        data: day.hours.map((one) => Number(one.receipts_week_before)),
      },
    ],
  };
  const rows = day.hours.map((one) => [
    one.hour,
    one.orders,
    one.receipts,
    one.receipts_day_before,
    one.receipts_week_before,
  ]);
  return (
    <Chart
      title={{ zh: "每小时收款（元）", en: "Receipts by the hour (yuan)" }}
      option={option}
      table={{ columns: COLUMNS, rows }}
      height={280}
    />
  );
}
