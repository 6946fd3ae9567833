// What members get: levels, benefits, and what points are exchanged for.
import type { ReactNode } from "react";
import { day, defineWords, type Answer } from "../../kit";
import { short } from "./rules";

export type TermsOf = Answer<"kaifang.card.look">["terms"];

const useWords = defineWords({
  rate: { zh: "每付1元得{points}积分", en: "Points for each yuan paid: {points}" },
  months: { zh: "积分{months}个月后的月底到期", en: "Points expire at the end of the month, {months} months later" },
  levels: { zh: "等级", en: "Levels" },
  spent: { zh: "消费满{spent}", en: "{spent} spent" },
  times: { zh: "{times}倍积分", en: "{times} × points" },
  first: { zh: "入会即享", en: "from the first day" },
  raised: { zh: "由商家升级", en: "By the merchant" },
  benefits: { zh: "权益", en: "Benefits" },
  until: { zh: "至{day}", en: "until {day}" },
  exchanges: { zh: "积分兑换", en: "For points" },
  points: { zh: "{points}积分", en: "{points} points" },
  handed: { zh: "到店领取", en: "handed over in the shop" },
  voucher: { zh: "券，立即到账", en: "a voucher, at once" },
});

function reached({ spent }: TermsOf["levels"][number], w: ReturnType<typeof useWords>): string {
  if (spent === undefined) return w.raised;
  return Number(spent) === 0 ? w.first : w("spent", { spent: short(spent) });
}

interface Props {
  terms: TermsOf;
  level?: string; // the one that the person has
  exchange?: (one: TermsOf["exchanges"][number]) => ReactNode; // what can be done with an exchange
}

export function Terms({ terms, level, exchange }: Props) {
  const w = useWords();
  return (
    <>
      {terms.points_per_yuan !== "0" && (
        <p className="quiet">
          {w("rate", { points: terms.points_per_yuan })}
          {terms.point_months > 0 && ` · ${w("months", { months: terms.point_months })}`}
        </p>
      )}
      {terms.levels.length > 0 && (
        <section className="box">
          <h2>{w.levels}</h2>
          <ol className="levels">
            {terms.levels.map((one: TermsOf["levels"][number]) => (
              <li key={one.level} aria-current={one.level === level ? "true" : undefined}>
                <strong>{one.title}</strong>
                <span>{one.text}</span>
                <small>
                  {reached(one, w)}
                  {one.times && one.times !== "1" && ` · ${w("times", { times: one.times.replace(/\.?0+$/, "") })}`}
                </small>
              </li>
            ))}
          </ol>
        </section>
      )}
      {terms.benefits.length > 0 && (
        <section className="box">
          <h2>{w.benefits}</h2>
          <ul className="benefits">
            {terms.benefits.map((one: TermsOf["benefits"][number], at: number) => (
              <li key={at}>
                <strong>{one.title}</strong>
                {one.lines?.map((line: string) => (
                  <span key={line}>{line}</span>
                ))}
                {one.until && <small>{w("until", { day: day(one.until) })}</small>}
              </li>
            ))}
          </ul>
        </section>
      )}
      {terms.exchanges.length > 0 && (
        <section className="box">
          <h2>{w.exchanges}</h2>
          <ul className="exchanges">
            {terms.exchanges.map((one: TermsOf["exchanges"][number]) => (
              <li key={one.key}>
                <span>
                  <strong>{one.title}</strong>
                  <small>
                    {w("points", { points: one.points })} · {one.voucher ? w.voucher : w.handed}
                  </small>
                </span>
                {exchange?.(one)}
              </li>
            ))}
          </ul>
        </section>
      )}
    </>
  );
}
