// The opening: one's own share, and everybody's by the names that are public.
import { useState } from "react";
import { defineWords, Empty, Problem, useAsk, yuan } from "../../kit";
import { Waiting } from "../shell/Waiting";
import { Hero } from "./Hero";
import { useStanding } from "./standing";
import { WufuPage } from "./WufuPage";

const PAGE = 50;
const useWords = defineWords({
  title: { zh: "开奖", en: "The opening" },
  shares: { zh: "每个人分到的", en: "What everybody got" },
  total: { zh: "共{total}，{count}人", en: "{total} among {count}" },
  none: { zh: "没有人集齐，奖池已退回", en: "Nobody had a complete set; the money went back." },
  you: { zh: "你", en: "you" },
  check: { zh: "验证每一份", en: "Check each of them" },
  next: { zh: "后面的人", en: "Those behind" },
  first: { zh: "从头看", en: "From the first" },
});

export default function Opening({ params }: { params: Record<string, string> }) {
  const w = useWords();
  const { campaign, mine } = useStanding(params.id);
  return (
    <WufuPage title={w.title} back={`/wufu/${params.id}`}>
      {campaign.problem && <Problem problem={campaign.problem} again={campaign.again} />}
      {campaign.loading && <Waiting />}
      {campaign.data && mine.data && <Hero campaign={campaign.data} mine={mine.data} />}
      {campaign.data?.state === "OPENED" && <Shares id={params.id} who={mine.data?.who} />}
    </WufuPage>
  );
}

function Shares({ id, who }: { id: string; who: string | undefined }) {
  const w = useWords();
  const [after, setAfter] = useState("");
  const asked = useAsk("kaifang.wufu.shares", { campaign_id: id, after, limit: PAGE }, { hold: true });
  if (asked.problem) return <Problem problem={asked.problem} again={asked.again} />;
  if (!asked.data) return <Waiting />;
  const { shares, total, count, more } = asked.data;
  if (!count) return <Empty>{w.none}</Empty>;
  return (
    <section className="box">
      <h2>{w.shares}</h2>
      <p className="quiet">{w("total", { total: yuan(total), count })}</p>
      <ul className="log">
        {shares.map((share) => (
          <li key={share.who} className={share.who === who ? "share-own" : undefined}>
            <span>{share.who === who ? `${share.who} (${w.you})` : share.who}</span>
            <strong>{yuan(share.amount)}</strong>
          </li>
        ))}
      </ul>
      <nav className="pager">
        {after && (
          <button type="button" className="ghost" onClick={() => setAfter("")}>
            {w.first}
          </button>
        )}
        {more && (
          <button type="button" className="ghost" onClick={() => setAfter(more)}>
            {w.next}
          </button>
        )}
        <a href={`#/wufu/${id}/fair`}>{w.check}</a>
      </nav>
    </section>
  );
}
