// What the merchant has shown in the platform's slots.
import { PlusOutlined } from "@ant-design/icons";
import { Select } from "antd";
import { defineWords, useLanguage } from "../../../kit";
import { ActForm, DerivedList, Sheet, useAppAsk } from "../../shared";
import type { Given } from "../../shared/form/Fields";
import { useNumber } from "../own";
import { Acts } from "./Acts";

const useWords = defineWords({
  title: { zh: "流量位", en: "Slots" },
  lead: {
    zh: "把券、会员卡、福卡或小程序放到钱包里人们会看到的地方。审核通过后展示。",
    en: "Have vouchers, cards, wufu cards or your mini-program shown where people look, once they are admitted.",
  },
  empty: {
    zh: "还没有投放。申请一个流量位，让顾客看到你的优惠。",
    en: "Nothing is placed yet. Apply for a slot to be seen.",
  },
});
const APPLY = { zh: "申请投放", en: "Place something" };

export function useSlots() {
  const language = useLanguage();
  const slots = useAppAsk("kaifang.reach.slot.list", {}, { keep: 600_000 });
  return (slots.data?.slots ?? []).map((one) => ({
    value: one.slot,
    label: one[language],
    said: { zh: one.zh, en: one.en },
  }));
}

export default function Slots() {
  const w = useWords();
  const slots = useSlots();
  const [number, next] = useNumber();
  const named = (slot: string) => slots.find((one) => one.value === slot)?.label ?? slot;
  return (
    <Sheet
      title={w.title}
      lead={w.lead}
      extra={
        <ActForm
          method="kaifang.reach.placement.apply"
          ask={{ out_no: number }}
          label={APPLY}
          type="primary"
          icon={<PlusOutlined />}
          fields={{
            slot: {
              label: { zh: "流量位", en: "Slot" },
              input: (given: Given) => <Select {...given} options={slots} />,
            },
          }}
          order={["slot", "title", "subtitle", "offer", "link", "begin_time", "end_time", "audience"]}
          changes={["kaifang.reach.placement.list"]}
          onDone={next}
        />
      }
    >
      <DerivedList
        method="kaifang.reach.placement.list"
        id="placement_id"
        to={(row) => `merchant/slots/${row.placement_id}`}
        order={["title", "slot", "state", "shown", "clicked", "begin_time", "end_time", "reason"]}
        shows={["title", "slot", "state", "shown", "clicked", "begin_time", "end_time"]}
        filters={{
          slot: {
            title: { zh: "流量位", en: "Slot" },
            options: slots.map(({ value, said }) => ({ value, label: said })),
          },
        }}
        columns={{
          slot: { title: { zh: "流量位", en: "Slot" }, render: named, csv: named },
          shown: { title: { zh: "展示", en: "Shown" } },
          clicked: { title: { zh: "点击", en: "Tapped" } },
          offer: { render: (one?: { kind: string; id?: string }) => [one?.kind, one?.id].filter(Boolean).join(" ") },
        }}
        actions={(row, again) => <Acts {...row} onDone={again} />}
        live={["placement.approve", "placement.reject", "placement.finish"]}
        name="placements"
        empty={w.empty}
      />
    </Sheet>
  );
}
