// The album: how many one has of each kind, with the odds, and what can be done with each.
import { useState } from "react";
import { defineWords } from "../../kit";
import { Sheet } from "../cards/Sheet";
import { Blessing } from "./Blessing";
import type { Mine } from "./Campaign";
import type { Seen } from "./Campaigns";
import { HandOver, type Doing } from "./HandOver";

type Card = Mine["cards"][number];

const useWords = defineWords({
  title: { zh: "我的福卡", en: "My cards" },
  odds: { zh: "概率 {odds}", en: "odds {odds}" },
  never: { zh: "仅商家发放", en: "from merchants only" },
  have: { zh: "你有{count}张", en: "You have {count}" },
  wild: { zh: "可代替任何一种缺少的福卡", en: "It stands for any kind that is missing" },
  give: { zh: "送给好友", en: "Give to a friend" },
  ask: { zh: "向好友要一张", en: "Ask a friend for one" },
  swap: { zh: "和好友交换", en: "Exchange with a friend" },
});

/** Odds as people read them: enough digits to tell a rare card from none. */
export function odds(weight: number, whole: number): string {
  if (!weight || !whole) return "";
  const percent = (100 * weight) / whole;
  return `${percent >= 1 ? percent.toFixed(1).replace(/\.0$/, "") : percent.toPrecision(2)}%`;
}

export function Album({ campaign, mine }: { campaign: Seen; mine: Mine }) {
  const w = useWords();
  const [chosen, setChosen] = useState<string>();
  const [doing, setDoing] = useState<Doing>();
  const whole = campaign.kinds.reduce((sum, kind) => sum + kind.weight, 0);
  const oddsOf = (code: string) => odds(campaign.kinds.find((kind) => kind.code === code)?.weight ?? 0, whole);
  const card = mine.cards.find((one) => one.kind === chosen);
  const open = campaign.state === "COLLECTING";
  const close = () => {
    setChosen(undefined);
    setDoing(undefined);
  };
  return (
    <section className="album">
      <h2 className="k-unseen">{w.title}</h2>
      <ul>
        {mine.cards.map((one: Card) => (
          <li key={one.kind}>
            <button type="button" onClick={() => setChosen(one.kind)}>
              <Blessing name={one.name} count={one.count} wild={one.wild} />
              <small>{oddsOf(one.kind) ? w("odds", { odds: oddsOf(one.kind) }) : w.never}</small>
            </button>
          </li>
        ))}
      </ul>
      <Sheet
        title={card ? [card.name, doing && w[doing]].filter(Boolean).join(" · ") : ""}
        open={Boolean(card)}
        onClose={close}
      >
        {card && !doing && (
          <div className="album-card">
            <Blessing name={card.name} count={card.count} wild={card.wild} size="large" />
            <p>
              {w("have", { count: card.count })} ·{" "}
              {oddsOf(card.kind) ? w("odds", { odds: oddsOf(card.kind) }) : w.never}
            </p>
            {card.wild && <p className="quiet">{w.wild}</p>}
            {open && (
              <div className="album-acts">
                {(["give", "swap", "ask"] as const)
                  .filter((each) => each === "ask" || card.count > 0)
                  .map((each) => (
                    <button key={each} type="button" className="act" onClick={() => setDoing(each)}>
                      {w[each]}
                    </button>
                  ))}
              </div>
            )}
          </div>
        )}
        {card && doing && <HandOver campaign={campaign} kind={card.kind} doing={doing} done={close} />}
      </Sheet>
    </section>
  );
}
