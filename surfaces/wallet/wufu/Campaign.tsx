// A campaign: the hour that it waits for, one's cards, chances, tasks, and where to go from here.
import { Button } from "antd-mobile";
import { RightOutline } from "antd-mobile-icons";
import { useState } from "react";
import { askAgain, defineWords, Problem, useAct, useAsk, type Answer } from "../../kit";
import { useOnce } from "../cards/once";
import { Sheet } from "../cards/Sheet";
import { Waiting } from "../shell/Waiting";
import { Album } from "./Album";
import type { Seen } from "./Campaigns";
import { Hero } from "./Hero";
import { Reveal } from "./Reveal";
import { useStanding } from "./standing";
import { Tasks } from "./Tasks";
import { WufuPage } from "./WufuPage";

export type Mine = Answer<"kaifang.wufu.mine">;

const useWords = defineWords({
  title: { zh: "集五福", en: "Five blessings" },
  scan: { zh: "扫福", en: "Scan 福" },
  scanLeft: { zh: "今天还能扫{daily}次", en: "{daily} scans left today" },
  scanNone: { zh: "今天扫完了，做任务再得机会", en: "No scans left today: tasks earn more" },
  draw: { zh: "抽一张", en: "Draw" },
  drawLeft: { zh: "任务机会{extra}次", en: "{extra} earned" },
  drawn: { zh: "抽福卡", en: "A card" },
  again: { zh: "再抽一张", en: "Draw again" },
  close: { zh: "收下", en: "Keep it" },
  complete: { zh: "合成五福", en: "Complete the set" },
  completeText: {
    zh: "五种福卡各用一张，缺的由万能福代替。开奖时与所有集齐的人分奖池。",
    en: "One of each, wild ones for those that are missing, for a share of the pool when it opens.",
  },
  completed: { zh: "已集齐，等待开奖", en: "Your set is complete. Wait for the opening." },
  friends: { zh: "好友赠送与交换", en: "Friends: give, ask, exchange" },
  places: { zh: "商家送福", en: "Merchants hand out cards" },
  draws: { zh: "我的抽卡记录", en: "What I drew" },
  fair: { zh: "验证公平", en: "Check that it is fair" },
  opening: { zh: "开奖结果", en: "The opening" },
});

export default function Campaign({ params }: { params: Record<string, string> }) {
  const w = useWords();
  const { campaign, mine } = useStanding(params.id);
  const problem = campaign.problem ?? mine.problem;
  return (
    <WufuPage title={campaign.data?.name ?? w.title} back="/wufu">
      {problem && <Problem problem={problem} again={() => askAgain("kaifang.wufu.")} />}
      {(campaign.loading || mine.loading) && <Waiting />}
      {campaign.data && mine.data && <Content campaign={campaign.data} mine={mine.data} />}
    </WufuPage>
  );
}

function Content({ campaign, mine }: { campaign: Seen; mine: Mine }) {
  const open = campaign.state === "COLLECTING";
  return (
    <>
      <Hero campaign={campaign} mine={mine} />
      {open && <Chances id={campaign.campaign_id} mine={mine} />}
      <Album campaign={campaign} mine={mine} />
      {open && <Complete id={campaign.campaign_id} mine={mine} />}
      {open && <Tasks id={campaign.campaign_id} />}
      <Ways campaign={campaign} />
    </>
  );
}

/** Scanning takes a chance of today's; those that were earned may be drawn with, too. */
function Chances({ id, mine }: { id: string; mine: Mine }) {
  const w = useWords();
  const left = mine.daily + mine.extra;
  return (
    <section className="chances">
      <a className={left ? "scan" : "scan scan-none"} href={`#/wufu/${id}/scan`}>
        <strong>{w.scan}</strong>
        <small>{left ? w("scanLeft", { daily: left }) : w.scanNone}</small>
      </a>
      {mine.extra > 0 && <Draw id={id} extra={mine.extra} />}
    </section>
  );
}

function Draw({ id, extra }: { id: string; extra: number }) {
  const w = useWords();
  const once = useOnce();
  const [got, setGot] = useState<Answer<"kaifang.wufu.draw">>();
  const { act, problem, acting } = useAct("kaifang.wufu.draw", { changes: ["kaifang.wufu."] });
  const draw = async () => {
    setGot(undefined);
    const answer = await act({ campaign_id: id, out_no: once.no });
    if (!answer) return;
    once.next();
    setGot(answer);
  };
  return (
    <>
      <button type="button" className="draw" onClick={() => void draw()} disabled={acting} aria-busy={acting}>
        <strong>{w.draw}</strong>
        <small>{w("drawLeft", { extra })}</small>
      </button>
      {problem && <Problem problem={problem} />}
      <Sheet title={w.drawn} open={Boolean(got)} onClose={() => setGot(undefined)}>
        {got && (
          <Reveal key={got.card_id} name={got.name}>
            <Button color="primary" onClick={() => setGot(undefined)}>
              {w.close}
            </Button>
            {extra > 0 && (
              <Button loading={acting} onClick={() => void draw()}>
                {w.again}
              </Button>
            )}
          </Reveal>
        )}
      </Sheet>
    </>
  );
}

function Complete({ id, mine }: { id: string; mine: Mine }) {
  const w = useWords();
  const [asking, setAsking] = useState(false);
  const { act, problem, acting } = useAct("kaifang.wufu.set.complete", { changes: ["kaifang.wufu."] });
  if (mine.completed) {
    return (
      <p className="completed" role="status">
        {w.completed}
      </p>
    );
  }
  if (!mine.ready) return null;
  const complete = async () => {
    if (await act({ campaign_id: id })) setAsking(false);
  };
  return (
    <>
      <button type="button" className="complete" onClick={() => setAsking(true)}>
        {w.complete}
      </button>
      <Sheet title={w.complete} open={asking} onClose={() => setAsking(false)}>
        <p>{w.completeText}</p>
        {problem && <Problem problem={problem} />}
        <Button block color="primary" size="large" loading={acting} onClick={() => void complete()}>
          {w.complete}
        </Button>
      </Sheet>
    </>
  );
}

function Ways({ campaign }: { campaign: Seen }) {
  const w = useWords();
  const waiting = useAsk("kaifang.wufu.card.list", { campaign_id: campaign.campaign_id });
  const count = waiting.data?.handovers.filter((one) => one.state === "WAITING" && !one.mine).length ?? 0;
  const over = campaign.state === "OPENED";
  const ways = [
    ...(over ? [["opening", w.opening]] : []),
    ["friends", w.friends],
    ...(over ? [] : [["places", w.places]]),
    ["draws", w.draws],
    ["fair", w.fair],
  ];
  return (
    <nav className="box ways">
      {ways.map(([page, name]) => (
        <a key={page} className="pair" href={`#/wufu/${campaign.campaign_id}/${page}`}>
          {name}
          <span>
            {page === "friends" && count > 0 && <b className="fu-badge">{count}</b>}
            <RightOutline aria-hidden />
          </span>
        </a>
      ))}
    </nav>
  );
}
