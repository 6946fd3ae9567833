// A place where a merchant hands cards out, and taking one.
import { Button } from "antd-mobile";
import { useState } from "react";
import { defineWords, Problem, useAct, type Answer } from "../../kit";
import { useOnce } from "../cards/once";
import { Sheet } from "../cards/Sheet";
import { Blessing } from "./Blessing";
import type { Seen } from "./Campaigns";
import { Reveal } from "./Reveal";

type Place = Answer<"kaifang.wufu.handout.of">["handouts"][number];

const useWords = defineWords({
  drawn: { zh: "随机福卡", en: "a card by chance" },
  left: { zh: "剩{left}张", en: "{left} left" },
  taken: { zh: "已领{taken}/{per_user}", en: "{taken} of {per_user} taken" },
  voucher: { zh: "还送优惠券", en: "a voucher comes with it" },
  take: { zh: "领福卡", en: "Take one" },
  full: { zh: "已领完", en: "You have it" },
  got: { zh: "商家送的福卡", en: "A card from the merchant" },
  toVoucher: { zh: "查看优惠券", en: "See the voucher" },
  keep: { zh: "收下", en: "Keep it" },
});

export function Handout({ place, kinds, exposure }: { place: Place; kinds: Seen["kinds"]; exposure?: string }) {
  const w = useWords();
  const once = useOnce();
  const [got, setGot] = useState<Answer<"kaifang.wufu.take">>();
  const { act, problem, acting } = useAct("kaifang.wufu.take", { changes: ["kaifang.wufu.", "kaifang.voucher."] });
  const given = kinds.find((kind) => kind.code === place.gives);
  const take = async () => {
    const answer = await act({ handout_id: place.handout_id, out_no: once.no, exposure });
    if (!answer) return;
    once.next();
    setGot(answer);
  };
  return (
    <article className="box handover">
      <Blessing name={given?.name ?? "福"} wild={given?.wild} size="small" />
      <p>
        <strong>{place.title}</strong>
        <small>
          {place.merchant_name} · {given?.name ?? w.drawn}
          {place.activity_id && ` · ${w.voucher}`}
        </small>
        <small>
          {w("left", { left: place.left })} · {w("taken", { taken: place.taken, per_user: place.per_user })}
        </small>
      </p>
      <div className="handover-acts">
        <Button
          size="small"
          color="primary"
          loading={acting}
          disabled={place.taken >= place.per_user}
          onClick={() => void take()}
        >
          {place.taken >= place.per_user ? w.full : w.take}
        </Button>
      </div>
      {problem && <Problem problem={problem} />}
      <Sheet title={w.got} open={Boolean(got)} onClose={() => setGot(undefined)}>
        {got && (
          <Reveal name={got.name} wild={kinds.find((kind) => kind.code === got.kind)?.wild}>
            {got.voucher_id && (
              <a className="act" href={`#/cards/voucher/${got.voucher_id}`}>
                {w.toVoucher}
              </a>
            )}
            <Button onClick={() => setGot(undefined)}>{w.keep}</Button>
          </Reveal>
        )}
      </Sheet>
    </article>
  );
}
