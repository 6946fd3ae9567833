// What became of a card's points, the newest first.
import { useState } from "react";
import { defineWords, Empty, Problem, useAsk, type Answer } from "../../kit";
import { Waiting } from "../shell/Waiting";
import { CardsPage } from "./CardsPage";
import { Log, page, signed } from "./Log";

type Line = Answer<"kaifang.card.point.list">["points"][number];

const useWords = defineWords({
  title: { zh: "积分明细", en: "Points, line by line" },
  none: { zh: "还没有积分。在这家店付款就会有。", en: "No points yet. Pay there, and they come." },
  after: { zh: "余{after}", en: "{after} then" },
});

const WHY = {
  "point.begin": { zh: "入会赠送", en: "Welcome" },
  "point.earn": { zh: "消费获得", en: "For a payment" },
  "point.take_back": { zh: "退款扣回", en: "Taken back with a refund" },
  "point.spend": { zh: "兑换", en: "Exchanged" },
  "point.give_back": { zh: "兑换退回", en: "Exchange undone" },
  "point.expire": { zh: "到期", en: "Expired" },
};
type Why = keyof typeof WHY | "other";
const useReasons = defineWords({ ...WHY, other: { zh: "商家调整", en: "By the merchant" } });

export default function PointLog({ params }: { params: Record<string, string> }) {
  const w = useWords();
  const reasons = useReasons();
  const [before, setBefore] = useState<string>();
  const asked = useAsk("kaifang.card.point.list", { card: params.id, ...page(before) }, { hold: true });
  const lines: Line[] = asked.data?.points ?? [];
  return (
    <CardsPage title={w.title} back={`/cards/card/${params.id}`}>
      {asked.problem && <Problem problem={asked.problem} again={asked.again} />}
      {asked.loading && <Waiting />}
      {asked.data && !lines.length && <Empty>{w.none}</Empty>}
      <Log
        before={before}
        turn={setBefore}
        lines={lines.map((one) => ({
          number: one.number,
          at: one.at,
          what: reasons[(one.why in WHY ? one.why : "other") as Why],
          change: signed(one.change),
          then: w("after", { after: one.after }),
        }))}
      />
    </CardsPage>
  );
}
