// From being shown to being bought: each step of the funnel.
import { defineWords, Empty, yuan, type Answer } from "../../../kit";
import { Chart, Figure } from "../../shared";

type Told = Answer<"kaifang.reach.funnel">;

const useWords = defineWords({
  nothing: {
    zh: "这段时间还没有展示、点击或成交。",
    en: "Nothing has been shown, tapped or bought in this time.",
  },
  shown: { zh: "展示", en: "Shown" },
  clicked: { zh: "点击", en: "Tapped" },
  claimed: { zh: "领取", en: "Taken" },
  used: { zh: "使用", en: "Used" },
  orders: { zh: "成交", en: "Orders" },
  revenue: { zh: "成交金额", en: "Revenue" },
  refunded: { zh: "其中已退", en: "Refunded of it" },
  joined: { zh: "新会员", en: "New members" },
  first: { zh: "首购订单", en: "First orders" },
  again: { zh: "复购订单", en: "Orders of people who came back" },
  ofShown: { zh: "展示的 {percent}%", en: "{percent}% of those shown" },
  ofClicked: { zh: "点击的 {percent}%", en: "{percent}% of those tapped" },
  ofClaimed: { zh: "领取的 {percent}%", en: "{percent}% of those taken" },
});
const COLUMNS = [
  { zh: "步骤", en: "Step" },
  { zh: "次数", en: "Count" },
];

export function Steps({ figures, rates }: { figures: Told["acquire"]; rates: Told["convert"] }) {
  const w = useWords();
  const steps = (["shown", "clicked", "claimed", "used", "orders"] as const).map((name) => ({
    name: w[name],
    value: Math.max(0, figures[name]),
  }));
  const option = {
    grid: { left: 8, right: 40, top: 8, bottom: 8, containLabel: true },
    tooltip: { trigger: "item" as const },
    xAxis: { type: "value" as const, minInterval: 1, axisLabel: { show: false }, splitLine: { show: false } },
    yAxis: { type: "category" as const, inverse: true, axisTick: { show: false }, data: steps.map((one) => one.name) },
    series: [
      {
        type: "bar" as const,
        barMinHeight: 2,
        label: { show: true, position: "right" as const, textBorderWidth: 0, color: "inherit" },
        data: steps.map((one) => one.value),
      },
    ],
  };
  if (steps.every((one) => one.value === 0)) return <Empty>{w.nothing}</Empty>;
  return (
    <div className="c-columns">
      <Chart
        title={{ zh: "漏斗", en: "Funnel" }}
        option={option}
        table={{ columns: COLUMNS, rows: steps.map((one) => [one.name, one.value]) }}
        height={280}
      />
      <div className="m-figures">
        <Figure title={w.clicked} value={figures.clicked} note={w("ofShown", { percent: rates.clicked_of_shown })} />
        <Figure
          title={w.claimed}
          value={figures.claimed}
          note={w("ofClicked", { percent: rates.claimed_of_clicked })}
        />
        <Figure title={w.used} value={figures.used} note={w("ofClaimed", { percent: rates.used_of_claimed })} />
        <Figure title={w.orders} value={figures.orders} note={w("ofClicked", { percent: rates.orders_of_clicked })} />
        <Figure title={w.revenue} value={yuan(figures.revenue)} note={`${w.refunded} ${yuan(figures.refunded)}`} />
        <Figure title={w.joined} value={figures.joined} />
        <Figure title={w.first} value={figures.first} />
        <Figure title={w.again} value={figures.again} />
      </div>
    </div>
  );
}
