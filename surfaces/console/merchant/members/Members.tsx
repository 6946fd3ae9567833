// Members of all cards, and the cards that there are.
import { PlusOutlined } from "@ant-design/icons";
import { Button, Drawer, Tabs } from "antd";
import { useState } from "react";
import { defineWords } from "../../../kit";
import { DerivedList, Figure, Sheet, useAppAsk } from "../../shared";
import { NewCard } from "./NewCard";
import { Rule } from "./Rule";

const useWords = defineWords({
  title: { zh: "会员", en: "Members" },
  lead: { zh: "谁办了你的会员卡，花了多少，积了多少分。", en: "Who joined, what they spent, which points they have." },
  members: { zh: "会员", en: "Members" },
  templates: { zh: "会员卡", en: "Cards" },
  noMembers: {
    zh: "还没有会员。先做一张会员卡，顾客就能一键入会。",
    en: "No members yet. Draw up a card; people join in one tap.",
  },
  noTemplates: { zh: "还没有会员卡。点“新建会员卡”。", en: "No cards yet. Draw one up." },
  create: { zh: "新建会员卡", en: "New card" },
});
const JOINED = "kaifang.card.member.list";
const TEMPLATES = "alipay.marketing.card.template.batchquery";

export default function Members() {
  const w = useWords();
  const [open, setOpen] = useState(false);
  const [tab, setTab] = useState("members");
  const drawn = () => {
    setOpen(false);
    setTab("templates");
  };
  const count = useAppAsk(JOINED, { page_size: 1 });
  const create = (
    <Button type="primary" icon={<PlusOutlined />} onClick={() => setOpen(true)}>
      {w.create}
    </Button>
  );
  return (
    <Sheet title={w.title} lead={w.lead} extra={create}>
      <div className="m-figures">
        <Figure title={w.members} value={count.data?.count ?? "–"} />
      </div>
      <Tabs
        activeKey={tab}
        onChange={setTab}
        items={[
          { key: "members", label: w.members, children: <Joined empty={w.noMembers} /> },
          { key: "templates", label: w.templates, children: <Templates empty={w.noTemplates} /> },
        ]}
      />
      <Drawer open={open} onClose={() => setOpen(false)} title={w.create} size={520} destroyOnHidden>
        <NewCard onDone={drawn} />
      </Drawer>
    </Sheet>
  );
}

function Joined({ empty }: { empty: string }) {
  const templates = useAppAsk(TEMPLATES, { page_no: 1, page_size: 20 });
  const options = (templates.data?.mcard_template ?? []).map((one) => {
    const name = one.template_style_info?.card_show_name ?? one.template_id;
    return { value: one.template_id, label: { zh: name, en: name } };
  });
  return (
    <DerivedList
      method={JOINED}
      id="card"
      to={(row) => `merchant/members/${row.card}`}
      order={["external_card_no", "level", "points", "spent", "joined", "channel", "shop", "card"]}
      shows={["external_card_no", "level", "points", "spent", "joined", "channel", "shop"]}
      filters={{ sort_by: false, template_id: { title: { zh: "会员卡", en: "Card" }, options } }}
      columns={{ spent: { title: { zh: "消费", en: "Spent" } }, joined: { title: { zh: "入会时间", en: "Joined" } } }}
      live={["membercard.join", "membercard.open", "membercard.leave"]}
      name="members"
      empty={empty}
    />
  );
}

function Templates({ empty }: { empty: string }) {
  return (
    <DerivedList
      method={TEMPLATES}
      rows="mcard_template"
      id="template_id"
      shows={["+name", "template_id", "gmt_create", "gmt_modified"]}
      order={["+name"]}
      columns={{
        "+name": {
          title: { zh: "名称", en: "Name" },
          render: (_, row) => row.template_style_info?.card_show_name ?? "–",
        },
      }}
      detail={(row) => <Rule template_id={row.template_id} />}
      name="cards"
      empty={empty}
    />
  );
}
