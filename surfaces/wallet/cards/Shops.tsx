// The shops that take a voucher.
import { defineWords, type Answer } from "../../kit";
import type { Where } from "./here";
import { NearMe } from "./NearMe";

type Shop = Answer<"kaifang.voucher.look">["shops"][number];

const useWords = defineWords({
  shops: { zh: "可用门店", en: "Where it is taken" },
  open: { zh: "营业中", en: "open" },
  closed: { zh: "已打烊", en: "closed" },
  all: {
    zh: "商家所有门店都可用。选“附近”看离你近的。",
    en: "All shops of the merchant take it. “Near me” shows those near you.",
  },
});

export function Shops({ shops, where }: { shops: Shop[]; where: Where }) {
  const w = useWords();
  return (
    <section className="box">
      <div className="shops-head">
        <h2>{w.shops}</h2>
        <NearMe where={where} />
      </div>
      {!shops.length && <p className="quiet">{w.all}</p>}
      <ul className="benefits">
        {shops.map((shop) => (
          <li key={shop.shop_id}>
            <strong>{shop.name}</strong>
            <span>{shop.address}</span>
            <small>
              {shop.open ? w.open : w.closed}
              {shop.distance_meters !== undefined && ` · ${distance(shop.distance_meters)}`}
            </small>
          </li>
        ))}
      </ul>
    </section>
  );
}

export const distance = (meters = 0) => (meters < 1000 ? `${meters} m` : `${(meters / 1000).toFixed(1)} km`);
