// Cards that can be joined: the newest, or those of shops nearby.
import { defineWords, Empty, Problem, useAsk, yuan, type Answer } from "../../kit";
import { Waiting } from "../shell/Waiting";
import { CardsPage } from "./CardsPage";
import { Face } from "./Face";
import { useHere } from "./here";
import { NearMe } from "./NearMe";

type Joinable = Answer<"kaifang.card.template.near">["templates"][number];

const useWords = defineWords({
  title: { zh: "找会员卡", en: "Find cards" },
  none: { zh: "没有可加入的会员卡", en: "There is no card to join here." },
  nearNone: { zh: "附近没有可加入的会员卡，看看全部？", en: "There is none near you. See all?" },
  price: { zh: "{price}起", en: "from {price}" },
  free: { zh: "免费入会", en: "Join for nothing" },
});

export default function JoinList() {
  const w = useWords();
  const where = useHere();
  const asked = useAsk("kaifang.card.template.near", where.here ?? {});
  const found: Joinable[] = asked.data?.templates ?? [];
  return (
    <CardsPage title={w.title} back="/cards">
      <NearMe where={where} />
      {asked.problem && <Problem problem={asked.problem} again={asked.again} />}
      {asked.loading && <Waiting />}
      {asked.data && !found.length && <Empty>{where.here ? w.nearNone : w.none}</Empty>}
      <ul className="bag-cards">
        {found.map((one) => (
          <li key={one.template}>
            <a href={`#/cards/join/${one.template}`} className="face-link">
              <Face card={one}>
                <span>{one.price ? w("price", { price: yuan(one.price) }) : w.free}</span>
              </Face>
              {one.promises && <small>{one.promises.slice(0, 3).join(" · ")}</small>}
            </a>
          </li>
        ))}
      </ul>
    </CardsPage>
  );
}
