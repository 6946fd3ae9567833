// A slot: what the platform has chosen for this person, each thing with the reason why it is there.
import { defineWords, Problem, useAsk, useLanguage, type Answer } from "../../kit";
import { Mark } from "../shell/Mark";
import { near, usePlace } from "../shell/place";
import { Waiting } from "../shell/Waiting";
import { outside, pageOf, picture, tapped } from "./offers";

type Shown = Answer<"kaifang.reach.feed">["shown"][number];

const useWords = defineWords({
  voucher: { zh: "优惠券", en: "Voucher" },
  card: { zh: "会员卡", en: "Card" },
  wufu: { zh: "福卡", en: "Blessing" },
  app: { zh: "小程序", en: "Mini-program" },
  page: { zh: "推荐", en: "For you" },
  because: { zh: "推荐理由：{reason}", en: "Because: {reason}" },
  leaves: { zh: "前往 {host}", en: "Opens {host}" },
});

const FIVE_MINUTES = 300_000; // each filling counts as a showing, so it is not asked again at every turn

/** The cards of one slot. */
export function Slot({ slot, title, merchant }: { slot: string; title: string; merchant?: string }) {
  const place = usePlace();
  const asked = useAsk("kaifang.reach.feed", { slot, merchant, ...near(place) }, { keep: FIVE_MINUTES });
  if (asked.loading) return <Waiting lines={2} />;
  if (asked.problem) return <Problem problem={asked.problem} again={asked.again} />;
  return <Cards title={title} shown={asked.data?.shown ?? []} />;
}

export function Cards({ title, shown }: { title: string; shown: Shown[] }) {
  if (!shown.length) return null;
  return (
    <section className="box slot">
      <h2>{title}</h2>
      <ul>
        {shown.map((one) => (
          <li key={one.exposure}>
            <Card one={one} />
          </li>
        ))}
      </ul>
    </section>
  );
}

function Card({ one }: { one: Shown }) {
  const away = outside(one.link);
  const page = pageOf(one.offer, one.link, one.exposure);
  const tell = () => tapped(one.exposure);
  if (!page && !away) return <Inside one={one} host="" />;
  const leads = page
    ? { href: `#${page}` }
    : { href: away!.href, target: "_blank", rel: "noopener noreferrer nofollow" };
  return (
    <a {...leads} onClick={tell}>
      <Inside one={one} host={page ? "" : away!.host} />
    </a>
  );
}

function Inside({ one, host }: { one: Shown; host: string }) {
  const w = useWords();
  const language = useLanguage();
  const image = picture(one.image);
  const kind = one.offer.kind.toLowerCase() as "voucher" | "card" | "wufu" | "app" | "page";
  const reason = one.why.find((each) => each.points > 0)?.[language];
  return (
    <span className="slot-card">
      {image ? <img src={image} alt="" loading="lazy" /> : <Mark name={one.merchant_name ?? ""} id={one.merchant} />}
      <span className="slot-words">
        <strong>{one.title}</strong>
        {one.subtitle && <span>{one.subtitle}</span>}
        <span className="quiet">
          {one.merchant_name}
          {host && ` · ${w("leaves", { host })}`}
        </span>
        {reason && <span className="why">{w("because", { reason })}</span>}
      </span>
      <span className="chip">{w[kind]}</span>
    </span>
  );
}
