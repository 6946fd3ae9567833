// One shop: where it is, when it is open, and what its merchant has.
import "./home.css";
import { defineWords, Problem, useAsk, type Answer } from "../../kit";
import { Mark } from "../shell/Mark";
import { Page } from "../shell/Page";
import { Waiting } from "../shell/Waiting";
import { Shelf } from "./Shelf";

type ShopSeen = Answer<"kaifang.merchant.shop.read">;

const useWords = defineWords({
  shop: { zh: "店铺", en: "Shop" },
  open: { zh: "营业中", en: "Open now" },
  closed: { zh: "休息中", en: "Closed now" },
  address: { zh: "地址", en: "Address" },
  hours: { zh: "营业时间", en: "Hours" },
  always: { zh: "全天", en: "Always" },
  1: { zh: "周一", en: "Monday" },
  2: { zh: "周二", en: "Tuesday" },
  3: { zh: "周三", en: "Wednesday" },
  4: { zh: "周四", en: "Thursday" },
  5: { zh: "周五", en: "Friday" },
  6: { zh: "周六", en: "Saturday" },
  7: { zh: "周日", en: "Sunday" },
});

export default function Shop({ params }: { params: Record<string, string> }) {
  const w = useWords();
  const { data, problem, again } = useAsk("kaifang.merchant.shop.read", { shop_id: params.id }, { keep: 60_000 });
  return (
    <Page title={data?.name ?? w.shop} back="/shops">
      {problem && <Problem problem={problem} again={again} />}
      {!data && !problem && <Waiting />}
      {data && (
        <>
          <About shop={data} />
          <Shelf merchant={data.merchant} />
        </>
      )}
    </Page>
  );
}

function About({ shop }: { shop: ShopSeen }) {
  const w = useWords();
  return (
    <section className="box">
      <div className="who">
        <Mark name={shop.name} id={shop.merchant} />
        <span>
          <strong>{shop.name}</strong>
          <span className="quiet">{shop.category_name}</span>
        </span>
        <span className={shop.open ? "chip is-open" : "chip"}>{shop.open ? w.open : w.closed}</span>
      </div>
      <dl className="facts">
        <div>
          <dt>{w.address}</dt>
          <dd>{shop.address}</dd>
        </div>
        <div>
          <dt>{w.hours}</dt>
          <dd>
            <Hours hours={shop.hours ?? []} />
          </dd>
        </div>
      </dl>
    </section>
  );
}

function Hours({ hours }: { hours: NonNullable<ShopSeen["hours"]> }) {
  const w = useWords();
  if (!hours.length) return <>{w.always}</>;
  return (
    <ul className="h-plain">
      {hours.map((one) => (
        <li key={`${one.week_day}${one.open_time}`}>
          {w[one.week_day as 1 | 2 | 3 | 4 | 5 | 6 | 7]} {one.open_time}–{one.close_time}
        </li>
      ))}
    </ul>
  );
}
