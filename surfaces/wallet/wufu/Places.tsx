// Where merchants hand out cards in a campaign.
import { defineWords, Empty, Problem, useAsk } from "../../kit";
import { Page } from "../shell/Page";
import { Waiting } from "../shell/Waiting";
import "../cards/cards.css";
import { Handout } from "./Handout";
import "./wufu.css";

const useWords = defineWords({
  title: { zh: "商家送福", en: "Merchants hand out cards" },
  none: { zh: "现在没有商家在送福卡", en: "Nobody hands out cards now." },
});

export default function Places({ params }: { params: Record<string, string> }) {
  const w = useWords();
  const campaign = useAsk("kaifang.wufu.campaign.read", { campaign_id: params.id }, { keep: 60_000 });
  const asked = useAsk("kaifang.wufu.handout.of", { campaign_id: params.id, limit: 50 });
  return (
    <Page title={w.title} back={`/wufu/${params.id}`}>
      <div className="wufu">
        {asked.problem && <Problem problem={asked.problem} again={asked.again} />}
        {asked.loading && <Waiting />}
        {asked.data?.handouts.length === 0 && <Empty>{w.none}</Empty>}
        {asked.data?.handouts.map((place) => (
          <Handout key={place.handout_id} place={place} kinds={campaign.data?.kinds ?? []} />
        ))}
      </div>
    </Page>
  );
}
