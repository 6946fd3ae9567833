// Activities that give vouchers out, each with how it goes.
import { PlusOutlined } from "@ant-design/icons";
import { Button, Drawer } from "antd";
import { useState } from "react";
import { defineWords, useLanguage } from "../../../kit";
import { DerivedList, Sheet, useGo } from "../../shared";
import { Acts } from "./Acts";
import { NewVoucher } from "./NewVoucher";

const useWords = defineWords({
  title: { zh: "优惠券", en: "Vouchers" },
  lead: {
    zh: "让价给谁、多少、用了多少：每个活动一行。",
    en: "What you take off, for whom, and what came of it: a line for each activity.",
  },
  create: { zh: "新建活动", en: "New activity" },
  empty: {
    zh: "还没有活动。新建一个，发布后顾客就能领券。",
    en: "No activities yet. Draw one up; people can have vouchers once it is published.",
  },
});

export const KINDS = [
  { value: "payment", label: { zh: "支付券", en: "For payments" } },
  { value: "order", label: { zh: "售卖券", en: "Sold" } },
  { value: "cash", label: { zh: "现金券模板", en: "Cash template" } },
  { value: "cashless", label: { zh: "无资金券模板", en: "Template without money" } },
];

export default function Vouchers() {
  const w = useWords();
  const go = useGo();
  const language = useLanguage();
  const [open, setOpen] = useState(false);
  const kind = (value: string) => KINDS.find((one) => one.value === value)?.label[language] ?? value;
  return (
    <Sheet
      title={w.title}
      lead={w.lead}
      extra={
        <Button type="primary" icon={<PlusOutlined />} onClick={() => setOpen(true)}>
          {w.create}
        </Button>
      }
    >
      <DerivedList
        method="kaifang.voucher.activity.list"
        to={(row) => `merchant/vouchers/${row.activity_id}`}
        order={["name", "title", "kind", "state", "left", "sent", "used", "taken_off", "publish_end_time"]}
        shows={["name", "title", "kind", "state", "left", "sent", "used", "taken_off"]}
        filters={{ activity_id: false, kind: { options: KINDS } }}
        columns={{
          name: { render: (name: string, row) => name || row.title || row.activity_id },
          kind: { render: kind, csv: kind },
          left: { title: { zh: "剩余", en: "Left" } },
          sent: { title: { zh: "已发", en: "Given out" } },
          used: { title: { zh: "已用", en: "Used" } },
          taken_off: { title: { zh: "优惠金额", en: "Taken off" } },
        }}
        actions={(row, again) => <Acts activity={row} onDone={again} />}
        name="vouchers"
        empty={w.empty}
      />
      <Drawer open={open} onClose={() => setOpen(false)} title={w.create} size={560} destroyOnHidden>
        <NewVoucher onDone={(activity_id) => go(`merchant/vouchers/${activity_id}`)} />
      </Drawer>
    </Sheet>
  );
}
