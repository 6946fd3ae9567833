// The last thirty days, one by one.
import { useMemo } from "react";
import { defineWords, yuan } from "../../../kit";
import { Asked, Chart, useAppAsk } from "../../shared";
import { before } from "../insight/dates";

const useWords = defineWords({
  receipts: { zh: "收款", en: "Receipts" },
  orders: { zh: "订单", en: "Orders" },
});
const COLUMNS = [
  { zh: "日期", en: "Day" },
  { zh: "订单", en: "Orders" },
  { zh: "收款", en: "Receipts" },
  { zh: "退款", en: "Refunded" },
  { zh: "新客", en: "New buyers" },
  { zh: "新会员", en: "New members" },
];
const DAYS = 30;

export function Weeks({ until }: { until: string }) {
  const last = until.slice(0, 10);
  const dates = useMemo(() => datesUntil(last, DAYS), [last]);
  const asked = useAppAsk("kaifang.business.days", { begin_date: dates[0]!, end_date: last }, { hold: true });
  return <Asked of={asked}>{(told) => <Picture dates={dates} days={told.days} />}</Asked>;
}

interface Props {
  dates: string[];
  days: { date: string; orders: number; receipts: string; refunded: string; newcomers: number; joined: number }[];
}

function Picture({ dates, days }: Props) {
  const w = useWords();
  const known = new Map(days.map((one) => [one.date.slice(0, 10), one]));
  const option = {
    legend: { bottom: 0 },
    grid: { left: 8, right: 8, top: 16, bottom: 40, containLabel: true },
    tooltip: { trigger: "axis" as const },
    xAxis: { type: "category" as const, data: dates.map((one) => one.slice(5)) },
    yAxis: [{ type: "value" as const }, { type: "value" as const, minInterval: 1, splitLine: { show: false } }],
    series: [
      {
        name: w.receipts,
        type: "bar" as const,
        data: dates.map((one) => Number(known.get(one)?.receipts ?? 0)),
        tooltip: { valueFormatter: (value: unknown) => yuan(value as string) },
      },
      {
        name: w.orders,
        type: "line" as const,
        yAxisIndex: 1,
        symbol: "none",
        data: dates.map((one) => known.get(one)?.orders ?? 0),
      },
    ],
  };
  const rows = days.map((one) => [
    one.date.slice(0, 10),
    one.orders,
    one.receipts,
    one.refunded,
    one.newcomers,
    one.joined,
  ]);
  return (
    <Chart
      title={{ zh: "最近 30 天", en: "The last 30 days" }}
      option={option}
      table={{ columns: COLUMNS, rows }}
      height={280}
    />
  );
}

/** The dates of so many days, that one the last. */
const datesUntil = (last: string, count: number): string[] =>
  Array.from({ length: count }, (_, at) => before(last, count - 1 - at));
