// What one drew, by what, and under which public name it can be checked later.
import { useState } from "react";
import { defineWords, Empty, Problem, useAsk } from "../../kit";
import { Waiting } from "../shell/Waiting";
import { Blessing } from "./Blessing";
import { WufuPage } from "./WufuPage";

const PAGE = 20;
const useWords = defineWords({
  title: { zh: "抽卡记录", en: "What I drew" },
  none: { zh: "还没有抽过卡", en: "Nothing yet." },
  scan: { zh: "去扫福", en: "Scan a 福" },
  name: {
    zh: "你的公开代号 {who}：开奖后任何人都能用种子重算这些抽卡。",
    en: "Your public name is {who}: after the opening anybody can draw these again with the seed.",
  },
  number: { zh: "第{number}次", en: "draw {number}" },
  byScan: { zh: "扫福", en: "by a scan" },
  byChance: { zh: "任务机会", en: "for a task" },
  byMerchant: { zh: "商家送福", en: "from a merchant" },
  older: { zh: "更早的", en: "Earlier" },
  newest: { zh: "回到最新", en: "Newest" },
});

export default function Draws({ params }: { params: Record<string, string> }) {
  const w = useWords();
  const [before, setBefore] = useState(0);
  const mine = useAsk("kaifang.wufu.mine", { campaign_id: params.id });
  const asked = useAsk("kaifang.wufu.draw.list", { campaign_id: params.id, before, limit: PAGE }, { hold: true });
  const draws = asked.data?.draws ?? [];
  const ways: Record<string, string> = { scan: w.byScan, chance: w.byChance };
  return (
    <WufuPage title={w.title} back={`/wufu/${params.id}`}>
      {mine.data && <p className="quiet">{w("name", { who: mine.data.who })}</p>}
      {asked.problem && <Problem problem={asked.problem} again={asked.again} />}
      {asked.loading && <Waiting />}
      {asked.data && !draws.length && (
        <Empty
          action={
            <a className="act" href={`#/wufu/${params.id}/scan`}>
              {w.scan}
            </a>
          }
        >
          {w.none}
        </Empty>
      )}
      {draws.length > 0 && (
        <ul className="box log">
          {draws.map((one) => (
            <li key={one.number}>
              <Blessing name={one.name} size="small" />
              <span>
                {w("number", { number: one.number })}
                <small>{ways[one.by] ?? w.byMerchant}</small>
              </span>
            </li>
          ))}
        </ul>
      )}
      <nav className="pager">
        {before > 0 && (
          <button type="button" className="ghost" onClick={() => setBefore(0)}>
            {w.newest}
          </button>
        )}
        {draws.length === PAGE && (
          <button type="button" className="ghost" onClick={() => setBefore(draws.at(-1)!.number)}>
            {w.older}
          </button>
        )}
      </nav>
    </WufuPage>
  );
}
