// The claim centre: vouchers that cost nothing, and those that are sold; everywhere, or near here.
import { Button } from "antd-mobile";
import { useState } from "react";
import { day, defineWords, Empty, Problem, useAct, useAsk, yuan, type Answer } from "../../kit";
import { Waiting } from "../shell/Waiting";
import { CardsPage } from "./CardsPage";
import { useHere } from "./here";
import { NearMe } from "./NearMe";
import { distance } from "./Shops";
import { Ticket } from "./Ticket";

type Shelved = Answer<"kaifang.voucher.offers">["offers"][number];
const PAGE = 20;
export const CHANGED = ["kaifang.voucher.offers", "kaifang.voucher.offer.look", "kaifang.voucher.mine"];

const useWords = defineWords({
  title: { zh: "领券中心", en: "Get vouchers" },
  sorts: { zh: "券的种类", en: "Kinds" },
  free: { zh: "免费领", en: "For nothing" },
  sold: { zh: "超值购", en: "On sale" },
  until: { zh: "{day}截止", en: "until {day}" },
  left: { zh: "剩{left}张", en: "{left} left" },
  near: { zh: "{shop} · {distance}", en: "{shop} · {distance}" },
  claim: { zh: "领取", en: "Take" },
  more: { zh: "再领一张", en: "One more" },
  buy: { zh: "购买", en: "Buy" },
  had: { zh: "去使用", en: "Use it" },
  gone: { zh: "领完了", en: "Gone" },
  enough: { zh: "已领满", en: "You have it" },
  none: { zh: "现在没有可领的券", en: "There is nothing to take now." },
  nearNone: { zh: "附近没有可领的券，看看全部？", en: "There is nothing near you. See all?" },
  next: { zh: "下一页", en: "Next page" },
  first: { zh: "回到第一页", en: "First page" },
});

export default function Offers({ params }: { params: Record<string, string> }) {
  const w = useWords();
  const where = useHere();
  const sold = params.sort === "sold";
  const [page, setPage] = useState({ sold, number: 1 });
  const number = page.sold === sold ? page.number : 1;
  const ask = { sold, page_num: number, page_size: PAGE, ...where.here };
  const asked = useAsk("kaifang.voucher.offers", ask, { hold: true });
  const found: Shelved[] = asked.data?.offers ?? [];
  return (
    <CardsPage title={w.title} back="/cards">
      <nav className="states" aria-label={w.sorts}>
        <a href="#/cards/offers" aria-current={sold ? undefined : "page"}>
          {w.free}
        </a>
        <a href="#/cards/offers/sold" aria-current={sold ? "page" : undefined}>
          {w.sold}
        </a>
      </nav>
      <NearMe where={where} />
      {asked.problem && <Problem problem={asked.problem} again={asked.again} />}
      {asked.loading && <Waiting />}
      {asked.data && !found.length && <Empty>{where.here ? w.nearNone : w.none}</Empty>}
      {found.map((one) => (
        <Offered key={one.activity_id} one={one} />
      ))}
      <nav className="pager">
        {number > 1 && (
          <button type="button" className="ghost" onClick={() => setPage({ sold, number: 1 })}>
            {w.first}
          </button>
        )}
        {number * PAGE < (asked.data?.total_size ?? 0) && (
          <button type="button" className="ghost" onClick={() => setPage({ sold, number: number + 1 })}>
            {w.next}
          </button>
        )}
      </nav>
    </CardsPage>
  );
}

function Offered({ one }: { one: Shelved }) {
  const w = useWords();
  const { act, problem, acting } = useAct("kaifang.voucher.claim", { changes: CHANGED });
  const href = `#/cards/offer/${one.activity_id}`;
  return (
    <>
      <Ticket
        title={one.title}
        merchant={one.merchant_name}
        deduct={one.voucher_deduct_info}
        price={one.price && yuan(one.price)}
        faded={Boolean(one.why_not)}
        href={href}
        action={
          one.price ? (
            <a className="act" href={href}>
              {w.buy}
            </a>
          ) : one.why_not ? (
            <WhyNot one={one} />
          ) : (
            <Button
              size="small"
              shape="rounded"
              color="primary"
              loading={acting}
              onClick={() => void act({ activity_id: one.activity_id })}
            >
              {one.had ? w.more : w.claim}
            </Button>
          )
        }
      >
        {one.shop_name && (
          <small className="good">{w("near", { shop: one.shop_name, distance: distance(one.distance_meters) })}</small>
        )}
        <small>
          {w("until", { day: day(one.publish_end_time) })} · {w("left", { left: one.left })}
        </small>
      </Ticket>
      {problem && <Problem problem={problem} />}
    </>
  );
}

function WhyNot({ one }: { one: Shelved }) {
  const w = useWords();
  if (one.had) {
    return (
      <a className="act" href="#/cards/vouchers">
        {w.had}
      </a>
    );
  }
  return <span className="quiet">{one.why_not === "BUDGET_NOT_ENOUGH" ? w.gone : w.enough}</span>;
}
