// Commissions: what of merchants' trades goes to the provider, as agreed, and what was settled of it.
import { PlusOutlined } from "@ant-design/icons";
import { Tag } from "antd";
import { defineWords } from "../../../kit";
import { Act, ActForm, DerivedList, Part, Sheet } from "../../shared";

const useWords = defineWords({
  title: { zh: "分佣", en: "Commissions" },
  lead: {
    zh: "向商家提出分佣比例，商家与合作方都同意后生效，每晚结算。",
    en: "Propose a part of a merchant's trades; it holds when all have agreed, and is settled each night.",
  },
  agreed: { zh: "约定", en: "What was proposed" },
  none: { zh: "还没有分佣约定。向一位商家提出一个。", en: "None yet. Propose one to a merchant." },
  settled: { zh: "结算记录", en: "What was settled" },
  nothing: { zh: "还没有结算。", en: "Nothing was settled yet." },
});

const LIST = "kaifang.commission.offered";

interface Part_ {
  name: string;
  percent: string;
}

export default function Commissions() {
  const w = useWords();
  const propose = (
    <ActForm
      method="alipay.open.sp.commission.create"
      label={{ zh: "提出分佣", en: "Propose one" }}
      icon={<PlusOutlined />}
      type="primary"
      order={["merchant_logon_id", "commission_info_list"]}
      changes={[LIST]}
    />
  );
  return (
    <Sheet title={w.title} lead={w.lead} extra={propose}>
      <Part title={w.agreed}>
        <DerivedList
          method={LIST}
          id="commission_id"
          order={["merchant_name", "scene"]}
          shows={["merchant_name", "scene", "target_type", "parts", "state", "since", "until"]}
          columns={{
            parts: { render: (parts: Part_[]) => <Parts parts={parts} /> },
            provider: false,
            provider_name: false,
          }}
          actions={(row) => <End merchant_id={row.merchant} commission_scene={row.scene} state={row.state} />}
          empty={w.none}
          detail
        />
      </Part>
      <Part title={w.settled}>
        <DerivedList method="kaifang.commission.settlement.list" id="settlement_no" empty={w.nothing} detail />
      </Part>
    </Sheet>
  );
}

function Parts({ parts }: { parts: Part_[] }) {
  return (
    <span className="c-several">
      {parts.map((one) => (
        <Tag key={one.name}>
          {one.name} {one.percent}%
        </Tag>
      ))}
    </span>
  );
}

function End({ state, ...which }: { merchant_id: string; commission_scene: string; state: string }) {
  if (state !== "VALID" && state !== "CONFIRMING") return null;
  const holds = state === "VALID";
  return (
    <Act
      method="alipay.open.sp.commission.cancel"
      ask={{ ...which, action: holds ? "TERMINAL" : "CANCEL" }}
      label={holds ? { zh: "终止", en: "End" } : { zh: "撤回", en: "Take back" }}
      sure={holds && { zh: "此前付款的交易仍会结算。", en: "What is due of trades paid before is still settled." }}
      size="small"
      danger={holds}
      changes={[LIST]}
    />
  );
}
