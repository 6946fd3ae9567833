// What an amount can be paid with: the platform says what can, and why not the rest; the first that can is chosen.
import { useEffect, useState } from "react";
import { defineWords, Problem, useAsk, useLanguage, yuan, type Answer, type Ask } from "../../kit";

type Channel = Answer<"kaifang.fund.channel.list">["channels"][number];
type Wish = Ask<"kaifang.fund.channel.list">;

const useWords = defineWords({
  legend: { zh: "付款方式", en: "Pay with" },
  balance: { zh: "账户余额", en: "Balance" },
  DEBIT: { zh: "{bank} 储蓄卡", en: "{bank} debit card" },
  CREDIT: { zh: "{bank} 信用卡", en: "{bank} credit card" },
  available: { zh: "可用 {amount}", en: "{amount} available" },
  tail: { zh: "尾号 {tail}", en: "ending in {tail}" },
  bind: { zh: "添加银行卡", en: "Add a bank card" },
});

export interface Chosen {
  list: Channel[] | undefined;
  channel: string | undefined; // undefined: nothing can pay, or it is not known yet
  choose(channel: string): void;
  problem: Error | null;
  again(): unknown;
}

const WAIT = 250; // milliseconds in which somebody types on

/** What can pay this; null: there is nothing to be paid yet. */
export function useChannels(wish: Wish | null): Chosen {
  const [wanted, choose] = useState<string>();
  const asked = useAsk("kaifang.fund.channel.list", useSettled(wish), { hold: true });
  const list = wish ? asked.data?.channels : undefined;
  const able = list?.filter((each) => !each.refused) ?? [];
  const channel = able.find((each) => each.channel === wanted)?.channel ?? able[0]?.channel;
  return { list, channel, choose, problem: asked.problem, again: asked.again };
}

function useSettled(wish: Wish | null): Wish | null {
  const [settled, setSettled] = useState(wish);
  const said = JSON.stringify(wish);
  useEffect(() => {
    const timer = setTimeout(() => setSettled(JSON.parse(said)), WAIT);
    return () => clearTimeout(timer);
  }, [said]);
  return settled;
}

export function Channels({ of: { list, channel, choose, problem, again } }: { of: Chosen }) {
  const w = useWords();
  if (problem) return <Problem problem={problem} again={again} />;
  if (!list) return null;
  return (
    <fieldset className="m-channels">
      <legend>{w.legend}</legend>
      {list.map((each) => (
        <label key={each.channel} className="m-choice">
          <input
            type="radio"
            name="channel"
            checked={each.channel === channel}
            disabled={Boolean(each.refused)}
            onChange={() => choose(each.channel)}
          />
          <span>
            <Name of={each} />
            <small>
              <Note of={each} />
            </small>
          </span>
        </label>
      ))}
      {!channel && (
        <a className="m-more" href="#/money/cards/bind">
          {w.bind}
        </a>
      )}
    </fieldset>
  );
}

function Name({ of: { kind, bank_name } }: { of: Channel }) {
  const w = useWords();
  return kind === "BALANCE" ? w.balance : w(kind === "CREDIT" ? "CREDIT" : "DEBIT", { bank: bank_name ?? "" });
}

function Note({ of: { kind, available, tail, refused } }: { of: Channel }) {
  const w = useWords();
  const language = useLanguage();
  const note = kind === "BALANCE" ? w("available", { amount: yuan(available) }) : w("tail", { tail: tail ?? "" });
  return refused ? `${note} · ${refused[language]}` : note;
}
