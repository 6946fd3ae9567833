// The head of a campaign, as it stands: before, running, opening, over.
import { askAgain, defineWords, moment, yuan } from "../../kit";
import type { Mine } from "./Campaign";
import type { Seen } from "./Campaigns";
import { Countdown } from "./Countdown";
import { Confetti } from "./Reveal";

const useWords = defineWords({
  begins: { zh: "距开始", en: "Begins in" },
  opens: { zh: "距开奖", en: "Opens in" },
  pool: { zh: "奖池", en: "In the pool" },
  completed: { zh: "{count}人已集齐", en: "{count} have a complete set" },
  opening: { zh: "正在开奖…", en: "The pool is being split…" },
  share: { zh: "你分到", en: "Your share" },
  see: { zh: "看开奖结果", en: "See the opening" },
  missed: { zh: "这次没有集齐，下次再来", en: "No complete set this time. There will be another." },
  opened: { zh: "{at}已开奖，{count}人平分", en: "Opened {at}, shared by {count}" },
  openedRandom: { zh: "{at}已开奖，{count}人拼手气", en: "Opened {at}, split by luck among {count}" },
  canceled: { zh: "活动已取消，奖池已退回", en: "It was called off; the money went back." },
});

export function Hero({ campaign, mine }: { campaign: Seen; mine: Mine }) {
  return (
    <section className={`luck luck-${campaign.state.toLowerCase()}`}>
      <span className="luck-fu" aria-hidden>
        福
      </span>
      <Standing campaign={campaign} mine={mine} />
    </section>
  );
}

const again = () => void askAgain("kaifang.wufu.");

function Standing({ campaign, mine }: { campaign: Seen; mine: Mine }) {
  const w = useWords();
  const { state, start, opens, completed, pool } = campaign;
  if (state === "CANCELED") return <p>{w.canceled}</p>;
  if (state === "OPENED") return <Opened campaign={campaign} mine={mine} />;
  if (state === "OPENING") {
    return (
      <p className="luck-wait" role="status">
        {w.opening}
      </p>
    );
  }
  const coming = state === "COMING";
  return (
    <>
      <p className="luck-pool">
        <small>{w.pool}</small>
        <strong>{yuan(pool)}</strong>
      </p>
      {completed > 0 && <p>{w("completed", { count: completed })}</p>}
      <Countdown
        key={state}
        to={coming ? start : opens}
        label={coming ? w.begins : w.opens}
        over={() => setTimeout(again, 1500)}
      />
    </>
  );
}

function Opened({ campaign, mine }: { campaign: Seen; mine: Mine }) {
  const w = useWords();
  const told = { at: moment(campaign.opens), count: campaign.completed };
  return (
    <>
      {mine.share ? (
        <>
          <Confetti />
          <p className="luck-pool">
            <small>{w.share}</small>
            <strong>{yuan(mine.share)}</strong>
          </p>
        </>
      ) : (
        <p>{w.missed}</p>
      )}
      <p>{w(campaign.rule === "equal" ? "opened" : "openedRandom", told)}</p>
      <a className="luck-act" href={`#/wufu/${campaign.campaign_id}/opening`}>
        {w.see}
      </a>
    </>
  );
}
