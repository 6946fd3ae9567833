// How a campaign stands, and oneself in it; looked at again as things happen, and often while the pool is being split.
import { useEffect, useState } from "react";
import { askAgain, useAsk, useLive } from "../../kit";

const CALM = 30_000; // milliseconds after which the pool is looked at again,
const SOON = 2_000; // and while it is being split

export function useStanding(campaign_id: string) {
  const [every, setEvery] = useState(CALM);
  const campaign = useAsk("kaifang.wufu.campaign.read", { campaign_id }, { every });
  const mine = useAsk("kaifang.wufu.mine", { campaign_id });
  useLive(["wufu.", "proposal."], () => askAgain("kaifang.wufu."));
  const state = campaign.data?.state;
  useEffect(() => {
    setEvery(state === "OPENING" ? SOON : CALM);
    if (state === "OPENED") void askAgain("kaifang.wufu.mine", "kaifang.wufu.shares");
  }, [state]);
  return { campaign, mine };
}
