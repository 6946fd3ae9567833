// Who comes back: people by the week in which they first bought.
import { Segmented } from "antd";
import { useState } from "react";
import { day, defineWords, moment, useLanguage, type Answer } from "../../../kit";
import { Asked, Chart, Part, Sheet, useAppAsk } from "../../shared";

type Told = Answer<"kaifang.business.retention">;

const useWords = defineWords({
  title: { zh: "留存", en: "Retention" },
  lead: {
    zh: "每周的新客，之后各周又来买了几成。数据截至 {moment}。",
    en: "Of the people who first bought in a week, how many bought in the weeks after. Counted up to {moment}.",
  },
  weeks: { zh: "{count} 周", en: "{count} weeks" },
  none: {
    zh: "还没有买家。第一笔成交后，这里开始有数据。",
    en: "Nobody has bought yet. This fills from the first order on.",
  },
  cohort: { zh: "{day} 起的一周（{count} 人）", en: "week of {day} ({count})" },
  week: { zh: "第 {count} 周", en: "week {count}" },
});

export default function Retention() {
  const w = useWords();
  const [weeks, setWeeks] = useState(12);
  const asked = useAppAsk("kaifang.business.retention", { weeks }, { hold: true });
  const choose = (
    <Segmented
      value={weeks}
      onChange={setWeeks}
      options={[8, 12, 26, 52].map((value) => ({ value, label: w("weeks", { count: value }) }))}
    />
  );
  return (
    <Sheet title={w.title} lead={asked.data && w("lead", { moment: moment(asked.data.as_of) })} extra={choose}>
      <Asked of={asked} none={(told) => !told.cohorts.length} empty={w.none}>
        {(told) => (
          <>
            <Part>
              <Cohorts told={told} />
            </Part>
            <Part>
              <All told={told} />
            </Part>
          </>
        )}
      </Asked>
    </Sheet>
  );
}

function Cohorts({ told }: { told: Told }) {
  const w = useWords();
  const cohorts = [...told.cohorts].reverse(); // the newest at the bottom of the picture's axis is drawn last
  const names = cohorts.map((one) => w("cohort", { day: day(one.first), count: one.buyers }));
  const option = {
    grid: { left: 8, right: 8, top: 8, bottom: 56, containLabel: true },
    tooltip: { formatter: (one: unknown) => tip(one as { data: [number, number, number, number] }, names, w) },
    xAxis: { type: "category" as const, data: told.all.map((one) => w("week", { count: one.week })) },
    yAxis: { type: "category" as const, data: names },
    visualMap: {
      dimension: 2,
      min: 0,
      max: 100,
      orient: "horizontal" as const,
      left: "center",
      bottom: 0,
      calculable: false,
      text: ["100%", "0%"],
      inRange: { color: ["#eef4f1", "#0b6b55"] },
    },
    series: [
      {
        type: "heatmap" as const,
        label: { show: true, formatter: (one: unknown) => `${(one as { data: number[] }).data[2]}%` },
        data: cohorts.flatMap((one, y) => one.back.map((back) => [back.week, y, back.percent, back.buyers])),
      },
    ],
  };
  const columns = [
    { zh: "首购周", en: "First week" },
    { zh: "人数", en: "People" },
    ...told.all.map((one) => ({ zh: `第 ${one.week} 周`, en: `Week ${one.week}` })),
  ];
  const rows = told.cohorts.map((one) => [
    one.first.slice(0, 10),
    one.buyers,
    ...told.all.map(({ week }) => (one.back[week] ? `${one.back[week].buyers} (${one.back[week].percent}%)` : "")),
  ]);
  return (
    <Chart
      title={{ zh: "各周新客", en: "By first week" }}
      option={option as never}
      table={{ columns, rows }}
      height={cohorts.length > 6 ? 480 : 280}
    />
  );
}

function tip(
  { data: [week, y, percent, buyers] }: { data: [number, number, number, number] },
  names: string[],
  w: ReturnType<typeof useWords>,
): string {
  return `${names[y]}<br>${w("week", { count: week })}: ${buyers} (${percent}%)`;
}

function All({ told }: { told: Told }) {
  const w = useWords();
  const language = useLanguage();
  const option = {
    grid: { left: 8, right: 16, top: 16, bottom: 8, containLabel: true },
    tooltip: { trigger: "axis" as const, valueFormatter: (value: unknown) => `${value as number}%` },
    xAxis: { type: "category" as const, data: told.all.map((one) => w("week", { count: one.week })) },
    yAxis: { type: "value" as const, max: 100, axisLabel: { formatter: "{value}%" } },
    series: [
      {
        type: "line" as const,
        name: language === "zh" ? "回来的人" : "Came back",
        areaStyle: { opacity: 0.15 },
        data: told.all.map((one) => one.percent),
      },
    ],
  };
  const columns = [
    { zh: "首购后第几周", en: "Weeks after" },
    { zh: "人数", en: "People" },
    { zh: "百分比", en: "Percent" },
  ];
  return (
    <Chart
      title={{ zh: "全部新客", en: "All of them together" }}
      option={option}
      table={{ columns, rows: told.all.map((one) => [one.week, one.buyers, `${one.percent}%`]) }}
      height={200}
    />
  );
}
