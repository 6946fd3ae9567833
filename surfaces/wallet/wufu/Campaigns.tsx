// All campaigns: those that are coming, going on, and over.
import { RightOutline } from "antd-mobile-icons";
import { defineWords, Empty, moment, Problem, useAsk, yuan, type Answer } from "../../kit";
import { Waiting } from "../shell/Waiting";
import { WufuPage } from "./WufuPage";

export type Seen = Answer<"kaifang.wufu.campaign.read">;

export const useStates = defineWords({
  COMING: { zh: "即将开始", en: "coming" },
  COLLECTING: { zh: "进行中", en: "going on" },
  OPENING: { zh: "开奖中", en: "opening" },
  OPENED: { zh: "已开奖", en: "over" },
  CANCELED: { zh: "已取消", en: "called off" },
});
export type State = "COMING" | "COLLECTING" | "OPENING" | "OPENED" | "CANCELED";

const useWords = defineWords({
  title: { zh: "集五福", en: "Five blessings" },
  none: { zh: "现在没有集福活动", en: "There is no campaign now." },
  pool: { zh: "奖池{pool}", en: "{pool} in the pool" },
  shared: { zh: "已分完", en: "shared out" },
  opens: { zh: "{at}开奖", en: "opens {at}" },
});

export default function Campaigns() {
  const w = useWords();
  const states = useStates();
  const asked = useAsk("kaifang.wufu.campaign.list", { over: true });
  return (
    <WufuPage title={w.title}>
      {asked.problem && <Problem problem={asked.problem} again={asked.again} />}
      {asked.loading && <Waiting />}
      {asked.data?.campaigns.length === 0 && <Empty>{w.none}</Empty>}
      {asked.data?.campaigns.map((one: Seen) => (
        <a key={one.campaign_id} className="bag-wufu" href={`#/wufu/${one.campaign_id}`}>
          <span className="bag-fu" aria-hidden>
            福
          </span>
          <span>
            <strong>{one.name}</strong>
            <small>
              {states[one.state as State]} · {w("opens", { at: moment(one.opens) })} ·{" "}
              {one.state === "OPENED" ? w.shared : w("pool", { pool: yuan(one.pool) })}
            </small>
          </span>
          <RightOutline aria-hidden />
        </a>
      ))}
    </WufuPage>
  );
}
