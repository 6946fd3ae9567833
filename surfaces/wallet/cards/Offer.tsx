// What a voucher promises, before one takes or buys it.
import { Button } from "antd-mobile";
import { useState } from "react";
import { useLocation } from "wouter";
import { defineWords, moment, Problem, useAct, useAsk, yuan, type Answer } from "../../kit";
import { Waiting } from "../shell/Waiting";
import { CardsPage } from "./CardsPage";
import { MaybePicture } from "./Face";
import { useHere } from "./here";
import { CHANGED } from "./Offers";
import { period, rulesOf, worth } from "./rules";
import { Shops } from "./Shops";

type Look = Answer<"kaifang.voucher.offer.look">;

const useWords = defineWords({
  title: { zh: "优惠详情", en: "Offer" },
  rules: { zh: "使用规则", en: "Rules" },
  between: { zh: "有效期 {begin} 至 {end}", en: "Good from {begin} to {end}" },
  lasts: { zh: "领取后{days}天内有效", en: "Good for {days} days after you take it" },
  waits: { zh: "领取{waits}天后生效，有效{days}天", en: "Good from {waits} days after you take it, for {days} days" },
  perUser: { zh: "每人{period}限领{count}张", en: "{count} a person {period}" },
  until: { zh: "{day}截止，剩{left}张", en: "To be had until {day}; {left} left" },
  refundable: { zh: "未使用可退", en: "Can be given back unused" },
  overdue: { zh: "过期未用自动退款", en: "If it expires unused, the money comes back" },
  final: { zh: "售出不退", en: "Sold for good" },
  claim: { zh: "免费领取", en: "Take it" },
  more: { zh: "再领一张", en: "Take one more" },
  buy: { zh: "{price} 购买", en: "Buy for {price}" },
  had: { zh: "你有{had}张可用", en: "You have {had} to use" },
  mine: { zh: "查看我的券", en: "See my vouchers" },
  taken: { zh: "领到了，{end}前可用", en: "It is yours, until {end}" },
  use: { zh: "查看这张券", en: "See the voucher" },
  COUNT_OVER_LIMIT: { zh: "已达到每人可领的数量", en: "You had as many as a person may have" },
  BUDGET_NOT_ENOUGH: { zh: "已经领完了", en: "They are gone" },
  other: { zh: "现在不能领取", en: "It cannot be had now" },
});

export default function Offer({ params }: { params: Record<string, string> }) {
  const w = useWords();
  const where = useHere();
  const ask = { activity_id: params.id, exposure: params.exposure, ...where.here };
  const asked = useAsk("kaifang.voucher.offer.look", ask, { hold: true });
  return (
    <CardsPage title={w.title} back="/cards/offers">
      {asked.problem && <Problem problem={asked.problem} again={asked.again} />}
      {asked.loading && <Waiting />}
      {asked.data && (
        <>
          <Promise offer={asked.data} />
          <Shops shops={asked.data.shops} where={where} />
          <ToHave offer={asked.data} exposure={params.exposure} />
        </>
      )}
    </CardsPage>
  );
}

function Promise({ offer }: { offer: Look }) {
  const w = useWords();
  const { big, small } = worth(offer.voucher_deduct_info);
  const display = offer.voucher_display_pattern_info;
  return (
    <>
      <section className="box pass">
        <MaybePicture id={offer.image} className="pass-picture" />
        <p className="pass-worth">{offer.price ? yuan(offer.price) : big}</p>
        <h2>{offer.title}</h2>
        <p>{[offer.merchant_name, ...small].join(" · ")}</p>
        <p className="quiet">{w("until", { day: moment(offer.publish_end_time), left: offer.left })}</p>
      </section>
      <section className="box">
        <h2>{w.rules}</h2>
        <ul className="rules">
          {promises(offer, w).map((line) => (
            <li key={line}>{line}</li>
          ))}
          {display?.voucher_description && <li>{display.voucher_description}</li>}
        </ul>
      </section>
    </>
  );
}

function promises(offer: Look, w: ReturnType<typeof useWords>): string[] {
  const days = { days: offer.lasts_days, waits: offer.waits_days };
  const lines = [
    offer.begins
      ? w("between", { begin: moment(offer.begins), end: moment(offer.ends) })
      : w(offer.waits_days ? "waits" : "lasts", days),
    ...rulesOf(offer.voucher_use_rule_info),
  ];
  if (offer.per_user) lines.push(w("perUser", { period: period(offer.period), count: offer.per_user }));
  if (offer.price && !offer.refundable) lines.push(w.final);
  if (offer.refundable) lines.push(w.refundable);
  if (offer.overdue_refundable) lines.push(w.overdue);
  return lines;
}

function ToHave({ offer, exposure }: { offer: Look; exposure?: string }) {
  const w = useWords();
  const [had, setHad] = useState<Answer<"kaifang.voucher.claim">>();
  const [, go] = useLocation();
  const claim = useAct("kaifang.voucher.claim", { changes: CHANGED });
  const buy = useAct("kaifang.voucher.buy");
  const ask = { activity_id: offer.activity_id, exposure };
  const order = async () => {
    const answer = await buy.act(ask);
    if (answer) go(`/money/pay/${answer.path.split("/").pop()}`);
  };
  if (had) {
    return (
      <section className="box done" role="status">
        <p>{w("taken", { end: moment(had.valid_end_time) })}</p>
        <a className="act" href={`#/cards/voucher/${had.voucher_id}`}>
          {w.use}
        </a>
      </section>
    );
  }
  const problem = claim.problem ?? buy.problem;
  return (
    <section className="box bottom">
      {offer.had > 0 && (
        <p className="pair">
          {w("had", { had: offer.had })}
          <a href="#/cards/vouchers">{w.mine}</a>
        </p>
      )}
      {problem && <Problem problem={problem} />}
      {offer.why_not ? (
        <p className="quiet">{w[offer.why_not in reasons ? (offer.why_not as keyof typeof reasons) : "other"]}</p>
      ) : offer.price ? (
        <Button block color="primary" size="large" loading={buy.acting} onClick={() => void order()}>
          {w("buy", { price: yuan(offer.price) })}
        </Button>
      ) : (
        <Button
          block
          color="primary"
          size="large"
          loading={claim.acting}
          onClick={async () => setHad(await claim.act(ask))}
        >
          {offer.had ? w.more : w.claim}
        </Button>
      )}
    </section>
  );
}

const reasons = { COUNT_OVER_LIMIT: true, BUDGET_NOT_ENOUGH: true };
