// Shops near a place: where one is, or a city that one picks.
import "./home.css";
import { Link } from "wouter";
import { defineWords, Empty, Problem, useAsk, type Answer } from "../../kit";
import { Mark } from "../shell/Mark";
import { Page } from "../shell/Page";
import { PlaceButton, usePlace, type Place } from "../shell/place";
import { Waiting } from "../shell/Waiting";

type ShopSeen = Answer<"kaifang.merchant.shop.nearby">["shops"][number];

const useWords = defineWords({
  title: { zh: "附近的店", en: "Shops near me" },
  first: { zh: "选择位置，看看附近有哪些店", en: "Choose a place to see the shops around it" },
  none: { zh: "这里方圆20公里内没有店，换个位置看看", en: "There is no shop within 20 km. Try another place." },
  open: { zh: "营业中", en: "Open" },
  closed: { zh: "休息中", en: "Closed" },
});

const RADIUS = 20_000;
const MOST = 50;

export default function Shops() {
  const w = useWords();
  const place = usePlace();
  return (
    <Page title={w.title}>
      <PlaceButton />
      {place ? <Around place={place} /> : <Empty>{w.first}</Empty>}
    </Page>
  );
}

function Around({ place }: { place: Place }) {
  const w = useWords();
  const { longitude, latitude } = place;
  const ask = { longitude: String(longitude), latitude: String(latitude), radius: RADIUS, limit: MOST };
  const { data, problem, again } = useAsk("kaifang.merchant.shop.nearby", ask, { keep: 60_000 });
  if (problem) return <Problem problem={problem} again={again} />;
  if (!data) return <Waiting />;
  if (!data.shops.length) return <Empty>{w.none}</Empty>;
  return (
    <ul className="box h-lines">
      {data.shops.map((shop) => (
        <li key={shop.shop_id}>
          <Link href={`/shops/${shop.shop_id}`} className="h-line">
            <Mark name={shop.name} id={shop.merchant} />
            <ShopLine shop={shop} />
          </Link>
        </li>
      ))}
    </ul>
  );
}

function ShopLine({ shop }: { shop: ShopSeen }) {
  const w = useWords();
  return (
    <span>
      <strong>{shop.name}</strong>
      <span className="quiet">{shop.category_name}</span>
      <span className="quiet">
        <span className={shop.open ? "is-open" : ""}>{shop.open ? w.open : w.closed}</span>
        {" · "}
        {shop.address}
      </span>
      {shop.distance_meters !== undefined && <span className="far">{distance(shop.distance_meters)}</span>}
    </span>
  );
}

/** Meters as people say them. */
export function distance(meters: number): string {
  return meters < 1000 ? `${Math.round(meters)} m` : `${(meters / 1000).toFixed(1)} km`;
}
