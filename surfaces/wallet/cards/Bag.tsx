// The card bag: members' cards, vouchers by state, points, and what else can be had.
import { RightOutline } from "antd-mobile-icons";
import { askAgain, defineWords, Empty, Problem, useAsk, useLive } from "../../kit";
import { Waiting } from "../shell/Waiting";
import { CardsPage } from "./CardsPage";
import { Face } from "./Face";

const useWords = defineWords({
  title: { zh: "卡包", en: "Cards" },
  vouchers: { zh: "优惠券", en: "Vouchers" },
  usable: { zh: "可用", en: "usable" },
  points: { zh: "平台积分", en: "Points" },
  offers: { zh: "领券中心", en: "Get vouchers" },
  offersHint: { zh: "附近与全城的优惠", en: "near you, and everywhere" },
  wufu: { zh: "集五福", en: "Five blessings" },
  wufuHint: { zh: "正在进行，来扫一个福", en: "going on: scan a 福" },
  members: { zh: "会员卡", en: "Member cards" },
  join: { zh: "找会员卡", en: "Find cards" },
  none: {
    zh: "还没有会员卡。加入常去的店，积分和权益都在这里。",
    en: "No member cards yet. Join shops you like: points and benefits will be here.",
  },
  held: { zh: "{points}积分", en: "{points} points" },
  soon: { zh: "{points}积分30天内到期", en: "{points} points expire within 30 days" },
});

export default function Bag() {
  const w = useWords();
  const cards = useAsk("kaifang.card.held", {});
  const vouchers = useAsk("kaifang.voucher.mine", { page_size: 1 });
  const points = useAsk("kaifang.mpoint.look", { limit: 1 });
  const wufu = useAsk("kaifang.wufu.campaign.list", { limit: 1 }, { keep: 60_000 });
  useLive(["membercard.", "voucher.", "mpoint."], () =>
    askAgain("kaifang.card.held", "kaifang.voucher.mine", "kaifang.mpoint.look"),
  );
  const campaign = wufu.data?.campaigns[0];
  return (
    <CardsPage title={w.title} back={false}>
      <div className="bag-top">
        <a className="bag-tile" href="#/cards/vouchers">
          <strong>{vouchers.data?.counts.SENDED ?? "–"}</strong>
          <span>
            {w.vouchers} · {w.usable}
          </span>
        </a>
        <a className="bag-tile" href="#/cards/points">
          <strong>{points.data?.balance ?? "–"}</strong>
          <span>{w.points}</span>
        </a>
      </div>
      {campaign && (
        <a className="bag-wufu" href={`#/wufu/${campaign.campaign_id}`}>
          <span className="bag-fu" aria-hidden>
            福
          </span>
          <span>
            <strong>{campaign.name}</strong>
            <small>{w.wufuHint}</small>
          </span>
          <RightOutline aria-hidden />
        </a>
      )}
      <a className="bag-line" href="#/cards/offers">
        <strong>{w.offers}</strong>
        <small>{w.offersHint}</small>
        <RightOutline aria-hidden />
      </a>
      <div className="bag-head">
        <h2>{w.members}</h2>
        <a href="#/cards/join">{w.join}</a>
      </div>
      {cards.problem && <Problem problem={cards.problem} again={cards.again} />}
      {cards.loading && <Waiting lines={3} />}
      {cards.data?.cards.length === 0 && (
        <Empty
          action={
            <a className="act" href="#/cards/join">
              {w.join}
            </a>
          }
        >
          {w.none}
        </Empty>
      )}
      <ul className="bag-cards">
        {cards.data?.cards.map((card: Held) => (
          <li key={card.card}>
            <a href={`#/cards/card/${card.card}`} className="face-link">
              <Face card={card} level={card.level_name} number={card.external_no}>
                <span className="face-points">{w("held", { points: card.points })}</span>
              </Face>
              {card.soon && <small className="warn">{w("soon", { points: card.soon })}</small>}
            </a>
          </li>
        ))}
      </ul>
    </CardsPage>
  );
}

type Held = import("../../kit").Answer<"kaifang.card.held">["cards"][number];
