// The day's figures, each beside the same time of the day before and of the week before.
import { defineWords, yuan, type Answer } from "../../../kit";
import { Figure } from "../../shared";

export type Day = Answer<"kaifang.business.day">;
type Sums = Day["whole"];

const useWords = defineWords({
  beside: { zh: "前一天同时 {before} · 上周同日 {week}", en: "{before} the day before · {week} the week before" },
  receipts: { zh: "收款", en: "Receipts" },
  orders: { zh: "支付订单", en: "Paid orders" },
  refunded: { zh: "退款（{count} 笔）", en: "Refunds ({count})" },
  buyers: { zh: "买家（新客 {count}）", en: "Buyers ({count} new)" },
  joined: { zh: "新会员", en: "New members" },
  used: { zh: "用券（优惠 {amount}）", en: "Vouchers used ({amount} off)" },
});

export function Figures({ day }: { day: Day }) {
  const w = useWords();
  const { whole } = day;
  return (
    <div className="m-figures">
      <One day={day} title={w.receipts} of={(sums) => yuan(sums.receipts)} />
      <One day={day} title={w.orders} of={(sums) => String(sums.orders)} />
      <One day={day} title={w("refunded", { count: whole.refunds })} of={(sums) => yuan(sums.refunded)} />
      <One day={day} title={w("buyers", { count: whole.newcomers })} of={(sums) => String(sums.buyers)} />
      <One day={day} title={w.joined} of={(sums) => String(sums.joined)} />
      <One day={day} title={w("used", { amount: yuan(whole.taken_off) })} of={(sums) => String(sums.used)} />
    </div>
  );
}

interface Props {
  day: Day;
  title: string;
  of: (sums: Sums) => string;
}

function One({ day, title, of }: Props) {
  const w = useWords();
  const note = w("beside", { before: of(day.day_before), week: of(day.week_before) });
  return <Figure title={title} value={of(day.whole)} note={note} />;
}

/** "10:20"; the end of a day is 24:00. */
export function clockOf(moment: string): string {
  const clock = moment.slice(11, 16);
  return clock === "00:00" ? "24:00" : clock;
}
