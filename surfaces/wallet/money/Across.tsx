// Between the balance and a bank card of one's own.
import { useState } from "react";
import { defineWords, Empty, Problem, useAct, useAsk, yuan, type Answer } from "../../kit";
import { Page } from "../shell/Page";
import { Waiting } from "../shell/Waiting";
import { amountOf } from "./amount";
import { AmountField } from "./AmountField";
import { CardName } from "./CardName";
import { Done } from "./Done";
import { MOVED } from "./moved";
import { useNumbers } from "./numbers";
import { PayButton } from "./PayButton";
import "./money.css";

type Card = Answer<"kaifang.fund.card.list">["cards"][number];

const useWords = defineWords({
  amount: { zh: "金额", en: "Amount" },
  left: { zh: "账户余额 {amount}", en: "{amount} on your balance" },
  everything: { zh: "全部", en: "All of it" },
  none: { zh: "还没有可用的银行卡。先添加一张吧。", en: "You have no bank card for this yet. Add one first." },
  add: { zh: "添加银行卡", en: "Add a bank card" },
  now: { zh: "现在余额 {amount}", en: "{amount} on your balance now" },
  back: { zh: "回到资金", en: "Back to money" },
});

interface Props {
  method: "kaifang.wallet.topup" | "kaifang.wallet.withdraw";
  words: { title: string; from: string; act: string; done: string };
  debitOnly?: boolean;
  all?: boolean; // everything on the balance may be moved with one tap
}

export function Across({ method, words, debitOnly, all }: Props) {
  const w = useWords();
  const { data, problem, loading, again } = useAsk("kaifang.fund.card.list", {});
  const cards = data?.cards.filter((card) => !debitOnly || card.kind === "DEBIT");
  return (
    <Page title={words.title} back="/money">
      {problem && <Problem problem={problem} again={again} />}
      {loading && <Waiting />}
      {cards?.length === 0 && <Empty action={<a href="#/money/cards/bind">{w.add}</a>}>{w.none}</Empty>}
      {cards?.length ? <Form method={method} words={words} cards={cards} all={all} /> : null}
    </Page>
  );
}

function Form({ method, words, cards, all }: Omit<Props, "debitOnly"> & { cards: Card[] }) {
  const w = useWords();
  const numbers = useNumbers();
  const balance = useAsk("kaifang.wallet.balance", {}).data;
  const [typed, setTyped] = useState("");
  const [card_id, setCard] = useState(cards[0].card_id);
  const [moved, setMoved] = useState<{ amount: string; available: string }>();
  const { act, problem } = useAct(method, { changes: MOVED });
  const amount = amountOf(typed);
  if (moved) {
    return (
      <Done title={words.done} amount={moved.amount}>
        <p className="quiet">{w("now", { amount: yuan(moved.available) })}</p>
        <a className="m-button" href="#/money">
          {w.back}
        </a>
      </Done>
    );
  }
  const pay = (pay_password: string) => {
    const wish = { card_id, amount: amount! };
    return act({ ...wish, out_biz_no: numbers({ method, ...wish }), pay_password });
  };
  return (
    <div className="box m-form">
      <CardChoice legend={words.from} cards={cards} chosen={card_id} choose={setCard} />
      <AmountField
        label={w.amount}
        value={typed}
        onChange={setTyped}
        hint={w("left", { amount: yuan(balance?.available) })}
      />
      {all && balance && amountOf(balance.available) && (
        <button type="button" className="m-more" onClick={() => setTyped(balance.available)}>
          {w.everything}
        </button>
      )}
      <PayButton
        title={words.title}
        amount={amount}
        disabled={!amount}
        problem={problem}
        pay={pay}
        done={(told) => setMoved({ amount: amount!, available: "available" in told ? (told.available ?? "0.00") : "" })}
      >
        {words.act}
      </PayButton>
    </div>
  );
}

interface Choice {
  legend: string;
  cards: Card[];
  chosen: string;
  choose(card: string): void;
}

function CardChoice({ legend, cards, chosen, choose }: Choice) {
  return (
    <fieldset className="m-channels">
      <legend>{legend}</legend>
      {cards.map((card) => (
        <label key={card.card_id} className="m-choice">
          <input type="radio" name="card" checked={card.card_id === chosen} onChange={() => choose(card.card_id)} />
          <CardName card={card} />
        </label>
      ))}
    </fieldset>
  );
}
