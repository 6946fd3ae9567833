// Binding a bank card that one holds.
import { Button } from "antd-mobile";
import { useState, type FormEvent } from "react";
import { useLocation } from "wouter";
import { defineWords, Problem, useAct, useAsk, useSession } from "../../kit";
import { Page } from "../shell/Page";
import "./money.css";

const useWords = defineWords({
  title: { zh: "添加银行卡", en: "Add a bank card" },
  bank: { zh: "银行", en: "Bank" },
  number: { zh: "卡号", en: "Card number" },
  numberHint: { zh: "12至19位数字", en: "12 to 19 digits" },
  name: { zh: "持卡人姓名", en: "Name on the card" },
  add: { zh: "添加", en: "Add" },
  why: {
    zh: "银行核对卡号与姓名，一致才能添加。",
    en: "The bank checks the number and the name; only then is it added.",
  },
});

export default function BindCard() {
  const w = useWords();
  const [, go] = useLocation();
  const name = useSession()?.name ?? "";
  const banks = useAsk("kaifang.fund.bank.list", {}, { keep: 60_000 });
  const { act, problem, acting } = useAct("kaifang.fund.card.bind", { changes: ["kaifang.fund."] });
  const [card, setCard] = useState({ bank_code: "", card_no: "", name });
  const bank_code = card.bank_code || banks.data?.banks[0]?.bank_code || "";
  const submit = async (event: FormEvent) => {
    event.preventDefault();
    if (await act({ ...card, bank_code, card_no: card.card_no.replace(/\s/g, "") }))
      go("/money/cards", { replace: true });
  };
  return (
    <Page title={w.title} back="/money/cards">
      <form className="box m-form" onSubmit={submit}>
        <label>
          {w.bank}
          <select value={bank_code} onChange={(event) => setCard({ ...card, bank_code: event.target.value })}>
            {banks.data?.banks.map((bank) => (
              <option key={bank.bank_code} value={bank.bank_code}>
                {bank.name}
              </option>
            ))}
          </select>
        </label>
        <label>
          {w.number}
          <input
            required
            inputMode="numeric"
            autoComplete="cc-number"
            pattern="[0-9 ]{12,24}"
            title={w.numberHint}
            value={card.card_no}
            onChange={(event) => setCard({ ...card, card_no: event.target.value })}
          />
        </label>
        <label>
          {w.name}
          <input
            required
            autoComplete="cc-name"
            value={card.name}
            onChange={(event) => setCard({ ...card, name: event.target.value })}
          />
        </label>
        <p className="quiet">{w.why}</p>
        {(problem ?? banks.problem) && <Problem problem={(problem ?? banks.problem)!} />}
        <Button block color="primary" size="large" className="m-main" type="submit" loading={acting}>
          {w.add}
        </Button>
      </form>
    </Page>
  );
}
