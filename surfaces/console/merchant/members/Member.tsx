// One member: the card, and what became of its points.
import { defineWords } from "../../../kit";
import { ActForm, Asked, Detail, DerivedList, Part, Sheet, useAppAsk } from "../../shared";
import { useNumber } from "../own";

const useWords = defineWords({
  title: { zh: "会员", en: "Member" },
  card: { zh: "会员卡", en: "Card" },
  points: { zh: "积分变动", en: "What became of the points" },
  none: { zh: "还没有积分变动。", en: "No points have come or gone yet." },
});
const END = { zh: "注销会员卡", en: "End the card" };
const ENDS = { zh: "卡上的积分随之消失。", en: "The points on it end with it." };

export default function Member({ card }: { card: string }) {
  const w = useWords();
  const [number] = useNumber();
  const asked = useAppAsk("alipay.marketing.card.query", { target_card_no: card, target_card_no_type: "BIZ_CARD" });
  const end = (
    <ActForm
      method="alipay.marketing.card.delete"
      ask={{ target_card_no: card, target_card_no_type: "BIZ_CARD", out_serial_no: number }}
      label={END}
      lead={ENDS}
      danger
      fields={{ ext_info: { hidden: true } }}
      changes={["kaifang.card.member.list", "alipay.marketing.card.query"]}
    />
  );
  return (
    <Sheet title={asked.data?.card_info.external_card_no ?? w.title} lead={card} extra={asked.data && end}>
      <div className="c-columns">
        <Part title={w.card}>
          <Asked of={asked}>
            {(told) => <Detail method="alipay.marketing.card.query" path="card_info" data={told.card_info} />}
          </Asked>
        </Part>
        <Part title={w.points}>
          <DerivedList method="kaifang.card.point.list" ask={{ card }} id="number" name="points" empty={w.none} />
        </Part>
      </div>
    </Sheet>
  );
}
