// One place where a merchant hands cards out: where a slot or a code in a shop leads.
import { defineWords, Empty, Problem, useAsk } from "../../kit";
import { Waiting } from "../shell/Waiting";
import { Handout } from "./Handout";
import { WufuPage } from "./WufuPage";

const useWords = defineWords({
  title: { zh: "商家送福", en: "A card from a merchant" },
  over: { zh: "这里的福卡已经送完或还没开始", en: "Nothing is handed out here now." },
  wufu: { zh: "去集五福", en: "To the five blessings" },
});

export default function Place({ params }: { params: Record<string, string> }) {
  const w = useWords();
  const asked = useAsk("kaifang.wufu.handout.of", { handout_id: params.handout });
  const place = asked.data?.handouts[0];
  const campaign = useAsk("kaifang.wufu.campaign.read", place ? { campaign_id: place.campaign_id } : null);
  const to = (
    <a className="act" href={place ? `#/wufu/${place.campaign_id}` : "#/wufu"}>
      {w.wufu}
    </a>
  );
  return (
    <WufuPage title={w.title} back="/wufu">
      {asked.problem && <Problem problem={asked.problem} again={asked.again} />}
      {asked.loading && <Waiting />}
      {asked.data && !place && <Empty action={to}>{w.over}</Empty>}
      {place && <Handout place={place} kinds={campaign.data?.kinds ?? []} exposure={params.exposure} />}
      {place && <p className="foot">{to}</p>}
    </WufuPage>
  );
}
