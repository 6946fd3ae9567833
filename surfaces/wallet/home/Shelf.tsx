// What a merchant has for people: its cards, vouchers and blessings, and what it shows on its page.
import { RightOutline } from "antd-mobile-icons";
import { Link } from "wouter";
import { defineWords, Empty, useAsk } from "../../kit";
import { Slot } from "./Slot";

const useWords = defineWords({
  cards: { zh: "会员卡", en: "Members' cards" },
  member: { zh: "已入会", en: "You are a member" },
  join: { zh: "入会", en: "Join" },
  vouchers: { zh: "可领的券", en: "Vouchers to take" },
  wufu: { zh: "福卡", en: "Blessings" },
  left: { zh: "还剩{count}张", en: "{count} left" },
  page: { zh: "商家推荐", en: "Shown by this merchant" },
  none: { zh: "这家商户现在没有会员卡和优惠", en: "There are no cards and vouchers here now." },
  more: { zh: "看看附近的店", en: "Look at the shops around" },
});

const A_MINUTE = { keep: 60_000 };

export function Shelf({ merchant }: { merchant: string }) {
  const w = useWords();
  const cards = useAsk("kaifang.card.template.of", { merchant }, A_MINUTE).data?.templates;
  const vouchers = useAsk("kaifang.voucher.offers", { merchant }, A_MINUTE).data?.offers;
  const handouts = useAsk("kaifang.wufu.handout.of", { merchant }, A_MINUTE).data?.handouts;
  const nothing = [cards, vouchers, handouts].every((list) => list?.length === 0);
  return (
    <>
      <Lines title={w.cards}>
        {cards?.map((one) => ({
          id: one.template,
          title: one.title,
          more: one.card ? w.member : (one.promises?.[0] ?? w.join),
          path: one.card ? `/cards/card/${one.card}` : `/cards/join/${one.template}`,
        }))}
      </Lines>
      <Lines title={w.vouchers}>
        {vouchers?.map((one) => ({ id: one.activity_id, title: one.title, path: `/cards/offer/${one.activity_id}` }))}
      </Lines>
      <Lines title={w.wufu}>
        {handouts?.map((one) => ({
          id: one.handout_id,
          title: one.title,
          more: w("left", { count: one.left }),
          path: `/wufu/place/${one.handout_id}`,
        }))}
      </Lines>
      <Slot slot="shop_page" title={w.page} merchant={merchant} />
      {nothing && <Empty action={<Link href="/shops">{w.more}</Link>}>{w.none}</Empty>}
    </>
  );
}

interface Line {
  id: string;
  title: string;
  more?: string;
  path: string;
}

function Lines({ title, children }: { title: string; children: Line[] | undefined }) {
  if (!children?.length) return null;
  return (
    <section className="box">
      <h2>{title}</h2>
      <ul className="h-lines">
        {children.map(({ id, title, more, path }) => (
          <li key={id}>
            <Link href={path} className="h-line">
              <span>
                <strong>{title}</strong>
                {more && <span className="quiet">{more}</span>}
              </span>
              <RightOutline aria-hidden />
            </Link>
          </li>
        ))}
      </ul>
    </section>
  );
}
