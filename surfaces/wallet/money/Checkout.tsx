// The cashier inside the wallet: what is asked, what vouchers take off, what pays, the password; for every kind.
import { Button } from "antd-mobile";
import { useState } from "react";
import { useLocation } from "wouter";
import { askAgain, call, defineWords, moment, Problem, useAct, useAsk, yuan, type Answer } from "../../kit";
import { Page } from "../shell/Page";
import { Waiting } from "../shell/Waiting";
import { Channels, useChannels } from "./Channels";
import { useHeadings, type CheckoutKind } from "./checkoutWords";
import { Done } from "./Done";
import { Facts } from "./Facts";
import { MOVED } from "./moved";
import { PayButton } from "./PayButton";
import "./money.css";

type Seen = Answer<"kaifang.cashier.look">;
type Off = Answer<"kaifang.voucher.preview">;
type Confirmed = Answer<"kaifang.cashier.confirm">;

const useWords = defineWords({
  payee: { zh: "收款方", en: "To" },
  merchant: { zh: "商家", en: "Merchant" },
  trust: { zh: "商家信誉", en: "Promises kept" },
  record: {
    zh: "{score}%（成交 {trades} 笔，投诉 {complaints} 起，退款 {refunds} 笔）",
    en: "{score}% ({trades} sales, {complaints} complaints, {refunds} refunds)",
  },
  amount: { zh: "金额", en: "Amount" },
  deadline: { zh: "请在 {until} 前完成", en: "Open until {until} (Beijing time)" },
  off: { zh: "已为你使用优惠", en: "Your vouchers take off" },
  order: { zh: "订单金额 {amount}", en: "The order comes to {amount}" },
  leave: { zh: "不了，离开", en: "Leave without confirming" },
  back: { zh: "返回 {place}", en: "Back to {place}" },
  home: { zh: "回到资金", en: "Back to money" },
  DONE: { zh: "已经确认过了", en: "Already confirmed" },
  LEFT: { zh: "已离开，未确认", en: "You left without confirming" },
  EXPIRED: { zh: "已超时，未确认", en: "This page has expired" },
  nothing: { zh: "没有任何扣款", en: "Nothing was taken" },
});

export default function Checkout({ params }: { params: Record<string, string> }) {
  const { token } = params;
  const headings = useHeadings();
  const { data, problem, loading, again } = useAsk("kaifang.cashier.look", { token });
  const [confirmed, setConfirmed] = useState<Confirmed>();
  const kind = (data?.kind ?? "other") as CheckoutKind;
  return (
    <Page title={data ? headings(kind, "heading") : headings("other", "heading")} back="/money">
      {problem && <Problem problem={problem} again={again} />}
      {loading && <Waiting />}
      {data && confirmed && <Finished seen={data} confirmed={confirmed} />}
      {data && !confirmed && data.state === "OPEN" && <Offer token={token} seen={data} finish={setConfirmed} />}
      {data && !confirmed && data.state !== "OPEN" && <Closed seen={data} />}
    </Page>
  );
}

function Offer({ token, seen, finish }: { token: string; seen: Seen; finish(told: Confirmed): void }) {
  const headings = useHeadings();
  const kind = seen.kind as CheckoutKind;
  const { offs, toPay } = usePreview(seen);
  const { enable_channels, disable_channels } = seen;
  const withMoney = toPay && toPay !== "0.00" && kind !== "refund";
  const channels = useChannels(withMoney ? { amount: toPay, enable_channels, disable_channels } : null);
  const { act, problem } = useAct("kaifang.cashier.confirm", { changes: MOVED });
  const [, go] = useLocation();
  const done = (told: Confirmed) => {
    void askAgain("kaifang.voucher.mine", "kaifang.card.", "kaifang.reach.");
    if (seen.trade_no) go(`/paid/${seen.trade_no}`, { replace: true });
    else finish(told);
  };
  const pay = (pay_password: string) =>
    act({ token, pay_password, channel: channels.channel, amount: seen.amount ?? "0.00" });
  return (
    <>
      <Summary seen={seen} offs={offs} toPay={toPay} />
      <section className="box m-form">
        <Channels of={channels} />
        <PayButton
          title={seen.title}
          amount={toPay}
          disabled={Boolean(withMoney) && !channels.channel}
          problem={problem}
          pay={pay}
          done={done}
        >
          {headings(kind, "act")} {toPay && yuan(toPay)}
        </PayButton>
        <Leave token={token} />
      </section>
    </>
  );
}

/** What vouchers would take off an order, and what is left to be paid. */
function usePreview(seen: Seen): { offs: Off["offs"]; toPay: string | undefined } {
  const asked = useAsk("kaifang.voucher.preview", seen.trade_no ? { trade_no: seen.trade_no } : null);
  const { data } = asked;
  return { offs: data?.offs ?? [], toPay: data?.buyer_pay_amount ?? seen.amount ?? undefined };
}

function Summary({ seen, offs, toPay }: { seen: Seen; offs: Off["offs"]; toPay?: string }) {
  const w = useWords();
  const trust = seen.trust;
  return (
    <section className="box m-summary">
      {toPay && (
        <p className="m-amount">
          <span className="k-unseen">{w.amount}</span> {yuan(toPay)}
        </p>
      )}
      {offs.length > 0 && <p className="quiet">{w("order", { amount: yuan(seen.amount) })}</p>}
      <p className="m-title">
        <bdi>{seen.title}</bdi>
      </p>
      <Facts
        facts={[
          [seen.kind === "pay" || seen.kind === "transfer" ? w.payee : w.merchant, seen.payee],
          [w.trust, trust ? w("record", { ...trust }) : undefined],
          ...Object.entries(seen.details),
        ]}
      />
      {offs.length > 0 && (
        <>
          <h2 className="m-heading">{w.off}</h2>
          <Facts facts={offs.map((off) => [off.title, `−${yuan(off.amount)}`])} />
        </>
      )}
      <p className="quiet">{w("deadline", { until: moment(seen.expires) })}</p>
    </section>
  );
}

function Leave({ token }: { token: string }) {
  const w = useWords();
  const [left, setLeft] = useState(false);
  const leave = async () => {
    setLeft(true);
    await call("kaifang.cashier.leave", { token }).catch(() => undefined); // it may be over already
    await askAgain("kaifang.cashier.look");
  };
  return (
    <Button block fill="none" disabled={left} onClick={() => void leave()}>
      {w.leave}
    </Button>
  );
}

function Finished({ seen, confirmed }: { seen: Seen; confirmed: Confirmed }) {
  const headings = useHeadings();
  return (
    <Done title={headings(seen.kind as CheckoutKind, "done")} amount={seen.amount ?? undefined}>
      <p>
        <bdi>{seen.title}</bdi>
        <br />
        <span className="quiet">
          <bdi>{seen.payee}</bdi>
        </span>
      </p>
      <WayBack back={typeof confirmed.back === "string" ? confirmed.back : seen.home} />
    </Done>
  );
}

function Closed({ seen }: { seen: Seen }) {
  const w = useWords();
  const state = seen.state as "DONE" | "LEFT" | "EXPIRED";
  return (
    <Done title={w[state]} still={state !== "DONE"}>
      {state !== "DONE" && <p>{w.nothing}</p>}
      <p className="quiet">
        <bdi>{seen.title}</bdi>
      </p>
      <WayBack back={seen.quit_url ?? seen.home} />
    </Done>
  );
}

function WayBack({ back }: { back?: string | null }) {
  const w = useWords();
  const outside = back && /^https?:\/\//.test(back) ? new URL(back) : undefined;
  return (
    <>
      {outside && (
        <a className="m-button" href={outside.href} rel="noreferrer">
          {w("back", { place: outside.host })}
        </a>
      )}
      <a className={outside ? "m-more" : "m-button"} href="#/money">
        {w.home}
      </a>
    </>
  );
}
