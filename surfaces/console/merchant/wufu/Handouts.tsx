// Where the merchant hands wufu cards out, and what they brought.
import { PlusOutlined } from "@ant-design/icons";
import { Select } from "antd";
import { defineWords, moment, useLanguage, yuan, type Answer } from "../../../kit";
import { Act, ActForm, Asked, DerivedList, Figure, Part, Sheet, Term, useAppAsk, useAppLive } from "../../shared";
import type { Given } from "../../shared/form/Fields";
import { useNumber } from "../own";

const useWords = defineWords({
  title: { zh: "五福", en: "Wufu" },
  lead: {
    zh: "在流量位、小程序、门店码或直播间发福卡，看它们带来了什么。",
    en: "Hand cards out in slots, your mini-program, your shops or live rooms, and see what they bring.",
  },
  quota: { zh: "还能发的卡", en: "Cards you may hand out" },
  pool: { zh: "奖池", en: "Pool" },
  opens: { zh: "{moment} 开奖", en: "opens {moment}" },
  completed: { zh: "集齐人数", en: "Completed a set" },
  none: { zh: "现在没有进行中的集福活动。", en: "No campaign is going on now." },
  empty: {
    zh: "还没有发卡点。有了额度后，点“新建发卡点”。",
    en: "No places yet. Open one as soon as you have a quota.",
  },
});
const CREATE = { zh: "新建发卡点", en: "Open a place" };
const CLOSE = { zh: "收回", en: "Close" };
const CLOSES = { zh: "剩下的卡回到你的额度。", en: "The cards that are left are in your quota again." };
const CHANGES = ["kaifang.wufu.handout.list", "kaifang.wufu.figures"];

type Campaign = Answer<"kaifang.wufu.campaign.list">["campaigns"][number];

export default function Handouts() {
  const w = useWords();
  const campaigns = useAppAsk("kaifang.wufu.campaign.list", {});
  useAppLive(["wufu.take", "voucher.use"], () => void campaigns.again());
  return (
    <Sheet title={w.title} lead={w.lead} extra={<Create campaigns={campaigns.data?.campaigns ?? []} />}>
      <Asked of={campaigns} none={(told) => !told.campaigns.length} empty={w.none}>
        {(told) => told.campaigns.map((one) => <One key={one.campaign_id} campaign={one} />)}
      </Asked>
      <DerivedList
        method="kaifang.wufu.handout.list"
        order={[
          "title",
          "campaign_name",
          "slot",
          "left",
          "issued",
          "claimed",
          "used",
          "revenue",
          "revenue_per_card",
          "closed",
        ]}
        shows={["title", "campaign_name", "slot", "left", "issued", "claimed", "used", "revenue", "revenue_per_card"]}
        filters={{ open_only: { title: { zh: "只看在发的", en: "Only open ones" } } }}
        columns={COLUMNS}
        actions={(row, again) =>
          !row.closed && (
            <Act
              method="kaifang.wufu.handout.close"
              ask={{ handout_id: row.handout_id }}
              label={CLOSE}
              sure={CLOSES}
              size="small"
              changes={CHANGES}
              onDone={again}
            />
          )
        }
        detail
        live={["wufu.take"]}
        name="wufu"
        empty={w.empty}
      />
    </Sheet>
  );
}

const COLUMNS = {
  campaign_name: { title: { zh: "活动", en: "Campaign" } },
  left: { title: { zh: "剩余", en: "Left" } },
  issued: { title: { zh: "投放", en: "Put there" } },
  claimed: { title: { zh: "领走", en: "Taken" } },
  used: { title: { zh: "用券", en: "Vouchers used" } },
  revenue: { title: { zh: "带来的成交", en: "Revenue" } },
  revenue_per_card: { title: { zh: "每张卡成交", en: "Revenue a card" } },
  closed: { title: { zh: "已收回", en: "Closed" } },
};

function One({ campaign }: { campaign: Campaign }) {
  const w = useWords();
  const figures = useAppAsk("kaifang.wufu.figures", { campaign_id: campaign.campaign_id });
  return (
    <Part title={campaign.name} extra={<Term value={campaign.state} />}>
      <div className="m-figures">
        <Figure title={w.quota} value={figures.data?.quota ?? "–"} />
        <Figure title={w.pool} value={yuan(campaign.pool)} note={w("opens", { moment: moment(campaign.opens) })} />
        <Figure title={w.completed} value={campaign.completed} />
      </div>
    </Part>
  );
}

function Create({ campaigns }: { campaigns: Campaign[] }) {
  const [number, next] = useNumber();
  const language = useLanguage();
  if (!campaigns.length) return null;
  const options = campaigns.map((one) => ({ value: one.campaign_id, label: one.name }));
  const kinds = campaigns.flatMap((one) => one.kinds).map((one) => ({ value: one.code, label: one.name }));
  const drawn = language === "zh" ? "随机抽一张" : "One that is drawn";
  return (
    <ActForm
      method="kaifang.wufu.handout.create"
      label={CREATE}
      type="primary"
      icon={<PlusOutlined />}
      initial={{ campaign_id: options[0]!.value, scene: number }}
      fields={{
        campaign_id: {
          label: { zh: "活动", en: "Campaign" },
          input: (given: Given) => <Select {...given} options={options} />,
        },
        gives: {
          label: { zh: "发哪种卡", en: "Which card" },
          input: (given: Given) => <Select {...given} allowClear placeholder={drawn} options={kinds} />,
        },
        scene: { label: { zh: "你自己的编号", en: "Your own name of it" } },
        title: { label: { zh: "标题（顾客看得到）", en: "Title (people read it)" } },
      }}
      order={["campaign_id", "title", "slot", "count", "gives", "per_user", "activity_id", "shop_id", "scene"]}
      changes={CHANGES}
      onDone={next}
    />
  );
}
