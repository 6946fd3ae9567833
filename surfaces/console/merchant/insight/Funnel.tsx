// The merchant's funnel: all slots together, and each by itself.
import { Input, Table } from "antd";
import { useState } from "react";
import { defineWords, moment, yuan } from "../../../kit";
import { Asked, Figure, Go, Part, Sheet, useAppAsk, Wide } from "../../shared";
import { useSlots } from "../slots/Slots";
import { before, useToday } from "./dates";
import { Steps } from "./Steps";

const useWords = defineWords({
  title: { zh: "转化漏斗", en: "Funnel" },
  lead: { zh: "从被看到，到点击、领取、使用和成交。{until}", en: "From being seen to being bought. {until}" },
  until: { zh: "数据截至 {moment}。", en: "Counted up to {moment}." },
  from: { zh: "从", en: "From" },
  to: { zh: "到", en: "To" },
  slots: { zh: "各流量位", en: "By slot" },
  slot: { zh: "流量位", en: "Slot" },
  placement: { zh: "投放", en: "Placement" },
  found: { zh: "平台自动展示", en: "Found by the platform" },
  shown: { zh: "展示", en: "Shown" },
  clicked: { zh: "点击", en: "Tapped" },
  claimed: { zh: "领取", en: "Taken" },
  used: { zh: "使用", en: "Used" },
  orders: { zh: "成交", en: "Orders" },
  revenue: { zh: "金额", en: "Revenue" },
  patrons: { zh: "买过的人", en: "People who have bought" },
  retain: { zh: "买过不止一次", en: "More than once" },
  none: { zh: "这段时间没有展示。去“流量位”申请一个。", en: "Nothing was shown in this time. Apply for a slot." },
});

export default function Funnel() {
  const w = useWords();
  const today = useToday();
  const [chosen, setChosen] = useState<{ begin_date: string; end_date: string }>();
  const span = chosen ?? (today ? { begin_date: before(today, 29), end_date: today } : null);
  const asked = useAppAsk("kaifang.reach.funnel", span, { hold: true });
  const until = asked.data?.as_of ? w("until", { moment: moment(asked.data.as_of) }) : "";
  const date = (name: "begin_date" | "end_date", title: string) => (
    <label className="c-filter">
      <span>{title}</span>
      <Input
        type="date"
        value={span?.[name] ?? ""}
        onChange={(event) => span && event.target.value && setChosen({ ...span, [name]: event.target.value })}
      />
    </label>
  );
  return (
    <Sheet
      title={w.title}
      lead={w("lead", { until })}
      extra={[date("begin_date", w.from), date("end_date", w.to)].map((one, at) => (
        <div key={at}>{one}</div>
      ))}
    >
      <Asked of={asked}>
        {(told) => (
          <>
            <div className="m-figures">
              <Figure title={w.patrons} value={told.patrons} />
              <Figure title={w.retain} value={told.retain} />
            </div>
            <Part>
              <Steps figures={told.acquire} rates={told.convert} />
            </Part>
            <Part title={w.slots}>
              <BySlot slots={told.slots} />
            </Part>
          </>
        )}
      </Asked>
    </Sheet>
  );
}

interface Props {
  slots: {
    slot: string;
    placement_id: string;
    shown: number;
    clicked: number;
    claimed: number;
    used: number;
    orders: number;
    revenue: string;
  }[];
}

function BySlot({ slots }: Props) {
  const w = useWords();
  const names = useSlots();
  const named = (slot: string) => names.find((one) => one.value === slot)?.label ?? slot;
  const count = (name: "shown" | "clicked" | "claimed" | "used" | "orders") => ({
    key: name,
    title: w[name],
    dataIndex: name,
    align: "end" as const,
    sorter: (a: Props["slots"][number], b: Props["slots"][number]) => a[name] - b[name],
  });
  return (
    <Wide label={w.slots}>
      <Table
        size="small"
        rowKey={(one) => `${one.slot} ${one.placement_id}`}
        pagination={slots.length > 20 && { size: "small" }}
        locale={{ emptyText: w.none }}
        dataSource={slots}
        columns={[
          { key: "slot", title: w.slot, render: (_, one) => named(one.slot) },
          {
            key: "placement",
            title: w.placement,
            render: (_, one) =>
              one.placement_id ? <Go to={`merchant/slots/${one.placement_id}`}>{one.placement_id}</Go> : w.found,
          },
          ...(["shown", "clicked", "claimed", "used", "orders"] as const).map(count),
          { key: "revenue", title: w.revenue, align: "end", render: (_, one) => yuan(one.revenue) },
        ]}
      />
    </Wide>
  );
}
