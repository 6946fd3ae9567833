// Where merchants hand out cards in a campaign.
import { defineWords, Empty, Problem, useAsk } from "../../kit";
import { Waiting } from "../shell/Waiting";
import { Handout } from "./Handout";
import { WufuPage } from "./WufuPage";

const useWords = defineWords({
  title: { zh: "商家送福", en: "Merchants hand out cards" },
  none: { zh: "现在没有商家在送福卡", en: "Nobody hands out cards now." },
});

export default function Places({ params }: { params: Record<string, string> }) {
  const w = useWords();
  const campaign = useAsk("kaifang.wufu.campaign.read", { campaign_id: params.id }, { keep: 60_000 });
  const asked = useAsk("kaifang.wufu.handout.of", { campaign_id: params.id, limit: 50 });
  return (
    <WufuPage title={w.title} back={`/wufu/${params.id}`}>
      {asked.problem && <Problem problem={asked.problem} again={asked.again} />}
      {asked.loading && <Waiting />}
      {asked.data?.handouts.length === 0 && <Empty>{w.none}</Empty>}
      {asked.data?.handouts.map((place) => (
        <Handout key={place.handout_id} place={place} kinds={campaign.data?.kinds ?? []} />
      ))}
    </WufuPage>
  );
}
