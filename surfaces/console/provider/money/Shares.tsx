// What the provider's recipes earn, by the day.
import { defineWords, type Answer } from "../../../kit";
import { Chart, DerivedList, Sheet, useAppAsk } from "../../shared";

const useWords = defineWords({
  title: { zh: "方案收入", en: "What recipes earn" },
  lead: {
    zh: "每次运行的收费按天合计，次日凌晨结算。",
    en: "What runs cost merchants, added up by the day and settled in the night.",
  },
  empty: {
    zh: "还没有收入：方案里写了 share 的规则运行后才会有。",
    en: "Nothing yet: it comes with runs of rules that have a share.",
  },
});

type Line = Answer<"kaifang.recipe.share.list">["shares"][number];

export default function Shares() {
  const w = useWords();
  const asked = useAppAsk("kaifang.recipe.share.list", { page_size: 100 });
  const lines = asked.data?.shares ?? [];
  return (
    <Sheet title={w.title} lead={w.lead}>
      {lines.length > 0 && <ByDay lines={lines} />}
      <DerivedList
        method="kaifang.recipe.share.list"
        id="installation_id"
        order={["day", "recipe"]}
        shows={["day", "recipe", "merchant", "runs", "amount", "settled"]}
        empty={w.empty}
        detail
      />
    </Sheet>
  );
}

/** Bars for runs: what is counted, not calculated with. */
function ByDay({ lines }: { lines: Line[] }) {
  const days = [...new Set(lines.map((one) => one.day))].sort();
  const runs = days.map((day) => lines.filter((one) => one.day === day).reduce((sum, one) => sum + one.runs, 0));
  return (
    <Chart
      title={{ zh: "每天收费的运行次数", en: "Runs that were charged, by the day" }}
      option={{
        xAxis: { type: "category", data: days },
        yAxis: { type: "value", minInterval: 1 },
        series: [{ type: "bar", data: runs }],
        tooltip: { trigger: "axis" },
      }}
      table={{
        columns: [
          { zh: "日期", en: "Day" },
          { zh: "次数", en: "Runs" },
        ],
        rows: days.map((day, at) => [day, runs[at]!]),
      }}
      height={200}
    />
  );
}
