// What one bought, and what waits for one: to pay, to receive, in dispute, refunded.
import { Button } from "antd-mobile";
import { useState } from "react";
import { useLocation } from "wouter";
import { call, defineWords, Empty, moment, Problem, Refusal, useAsk, yuan, type Ask } from "../../kit";
import { Page } from "../shell/Page";
import { Waiting } from "../shell/Waiting";
import { useStanding, type Order } from "./order";
import "./money.css";

type Only = NonNullable<Ask<"kaifang.trade.list">["only"]> | "ALL";

const ONLY: Only[] = ["ALL", "TO_PAY", "TO_RECEIVE", "DISPUTED", "REFUNDED"];

const useWords = defineWords({
  title: { zh: "我的订单", en: "Orders" },
  which: { zh: "哪些订单", en: "Which orders" },
  ALL: { zh: "全部", en: "All" },
  TO_PAY: { zh: "待付款", en: "To pay" },
  TO_RECEIVE: { zh: "待收货", en: "To receive" },
  DISPUTED: { zh: "争议", en: "Disputed" },
  REFUNDED: { zh: "退款", en: "Refunded" },
  none: { zh: "这里还没有订单。到附近的店铺看看吧。", en: "No orders here. Look at shops near you." },
  near: { zh: "附近的店铺", en: "Shops near me" },
  more: { zh: "更早的订单", en: "Older orders" },
});

export default function Orders({ params }: { params: Record<string, string> }) {
  const w = useWords();
  const [, go] = useLocation();
  const told = params.only as Only | undefined;
  const only = told && ONLY.includes(told) ? told : "ALL";
  return (
    <Page title={w.title} back="/money">
      <div className="m-sides" role="group" aria-label={w.which}>
        {ONLY.map((each) => (
          <button
            key={each}
            type="button"
            aria-pressed={each === only}
            onClick={() => go(`/money/orders/${each}`, { replace: true })}
          >
            {w[each]}
          </button>
        ))}
      </div>
      <List key={only} only={only} />
    </Page>
  );
}

const SIZE = 20;

function List({ only }: { only: Only }) {
  const w = useWords();
  const wish = { limit: SIZE, days: 400, only: only === "ALL" ? undefined : only };
  const first = useAsk("kaifang.trade.list", wish);
  const [older, setOlder] = useState<Order[][]>([]);
  const [refused, setRefused] = useState<Refusal>();
  const last = older.length ? older[older.length - 1] : first.data?.orders;
  const orders = [...(first.data?.orders ?? []), ...older.flat()];
  const more = async () => {
    try {
      const { orders: next } = await call("kaifang.trade.list", { ...wish, before: last![last!.length - 1].trade_no });
      setOlder([...older, next]);
    } catch (problem) {
      if (!(problem instanceof Refusal)) throw problem;
      setRefused(problem);
    }
  };
  const problem = first.problem ?? refused;
  return (
    <>
      {problem && <Problem problem={problem} again={first.problem ? first.again : more} />}
      {first.loading && <Waiting />}
      {first.data && !orders.length && <Empty action={<a href="#/shops">{w.near}</a>}>{w.none}</Empty>}
      {orders.length > 0 && (
        <ul className="box m-list">
          {orders.map((order) => (
            <OrderLine key={order.trade_no} order={order} />
          ))}
        </ul>
      )}
      {last?.length === SIZE && (
        <Button block fill="none" color="primary" onClick={() => void more()}>
          {w.more}
        </Button>
      )}
    </>
  );
}

function OrderLine({ order }: { order: Order }) {
  const standing = useStanding();
  return (
    <li>
      <a className="m-bill" href={`#/money/order/${order.trade_no}`}>
        <span className="m-bill-what">
          <bdi>{order.subject}</bdi>
          <small>
            <bdi>{order.seller_name}</bdi> · {moment(order.gmt_payment ?? order.gmt_create)}
          </small>
        </span>
        <span className="m-bill-amount">
          {yuan(order.total_amount)}
          <small>{standing(order)}</small>
        </span>
      </a>
    </li>
  );
}
