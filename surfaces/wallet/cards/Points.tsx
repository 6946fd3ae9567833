// The platform's own points: how many, which grade, and what became of them.
import { useState } from "react";
import { defineWords, Empty, Problem, useAsk, type Answer } from "../../kit";
import { Waiting } from "../shell/Waiting";
import { CardsPage } from "./CardsPage";
import { Log, page, signed } from "./Log";

type Change = Answer<"kaifang.mpoint.look">["changes"][number];

const useWords = defineWords({
  title: { zh: "平台积分", en: "Points of the platform" },
  points: { zh: "积分", en: "points" },
  primary: { zh: "大众会员", en: "Member" },
  golden: { zh: "黄金会员", en: "Gold member" },
  platinum: { zh: "铂金会员", en: "Platinum member" },
  diamond: { zh: "钻石会员", en: "Diamond member" },
  soon: { zh: "其中{soon}积分60天内到期", en: "{soon} of them expire within 60 days" },
  what: {
    zh: "付款就有积分；积分在支持的商家可抵扣或兑换。",
    en: "They come as you pay, and are spent where merchants take them.",
  },
  none: { zh: "还没有积分变动", en: "Nothing has changed yet." },
});

const WHY = {
  "mpoint.add": { zh: "商家赠送", en: "Given by a merchant" },
  "mpoint.earn": { zh: "付款获得", en: "For a payment" },
  "mpoint.pay": { zh: "积分支付", en: "Paid with" },
  "mpoint.refund": { zh: "退回", en: "Given back" },
  "mpoint.expire": { zh: "到期", en: "Expired" },
  "mpoint.take_back": { zh: "退款扣回", en: "Taken back with a refund" },
};
type Why = keyof typeof WHY | "other";
const useReasons = defineWords({ ...WHY, other: { zh: "积分变动", en: "Change" } });

export default function Points() {
  const w = useWords();
  const reasons = useReasons();
  const [before, setBefore] = useState<string>();
  const asked = useAsk("kaifang.mpoint.look", page(before), { hold: true });
  const changes: Change[] = asked.data?.changes ?? [];
  return (
    <CardsPage title={w.title} back="/cards">
      {asked.problem && <Problem problem={asked.problem} again={asked.again} />}
      {asked.loading && <Waiting />}
      {asked.data && (
        <section className="box points">
          <strong>{asked.data.balance}</strong>
          <span>{w.points}</span>
          <span className="badge">{w[asked.data.grade as "primary" | "golden" | "platinum" | "diamond"]}</span>
          {asked.data.soon > 0 && <p className="warn">{w("soon", { soon: asked.data.soon })}</p>}
          <p className="quiet">{w.what}</p>
        </section>
      )}
      {asked.data && !changes.length && <Empty>{w.none}</Empty>}
      <Log
        before={before}
        turn={setBefore}
        lines={changes.map((one) => ({
          number: one.number,
          at: one.at,
          what: reasons[(one.why in WHY ? one.why : "other") as Why],
          change: signed(String(one.change)),
        }))}
      />
    </CardsPage>
  );
}
