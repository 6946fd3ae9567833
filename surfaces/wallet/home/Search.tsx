// Search: what fits is there while one types.
import "./home.css";
import { SearchOutline } from "antd-mobile-icons";
import { useDeferredValue, useEffect, useState, type MouseEvent } from "react";
import { navigate } from "wouter/use-hash-location";
import { call, defineWords, Empty, Problem, useAsk, type Answer } from "../../kit";
import { Mark } from "../shell/Mark";
import { Page } from "../shell/Page";
import { near, PlaceButton, usePlace } from "../shell/place";
import { Waiting } from "../shell/Waiting";
import { pageOf, tapped } from "./offers";
import { distance } from "./Shops";
import { Slot } from "./Slot";

type Found = Answer<"kaifang.reach.search">;
type Hit = Found["hits"][number];

const useWords = defineWords({
  title: { zh: "搜索", en: "Search" },
  what: { zh: "商家、服务、小程序、优惠券", en: "Shops, services, mini-programs, vouchers" },
  results: { zh: "搜索结果", en: "Results" },
  count: { zh: "{count}个结果", en: "{count} results" },
  none: { zh: "没有找到“{words}”，换个词试试", en: "Nothing fits “{words}”. Try other words." },
  SHOP: { zh: "店铺", en: "Shop" },
  SERVICE: { zh: "服务", en: "Service" },
  APP: { zh: "小程序", en: "Mini-program" },
  VOUCHER: { zh: "优惠券", en: "Voucher" },
  BOX: { zh: "品牌", en: "Brand" },
  suggested: { zh: "大家在看", en: "Shown here" },
});

const LONGEST = 64;

export default function Search() {
  const w = useWords();
  const [words, setWords] = useState("");
  const wanted = useDeferredValue(words.trim());
  return (
    <Page title={w.title}>
      <search>
        <label className="h-search-field">
          <SearchOutline aria-hidden />
          <input
            autoFocus
            type="search"
            enterKeyHint="search"
            maxLength={LONGEST}
            aria-label={w.title}
            placeholder={w.what}
            value={words}
            onChange={(event) => setWords(event.target.value)}
          />
        </label>
        <PlaceButton />
      </search>
      {wanted ? <Results words={wanted} /> : <Slot slot="search" title={w.suggested} />}
    </Page>
  );
}

function Results({ words }: { words: string }) {
  const w = useWords();
  const ask = { query: words, ...near(usePlace()) };
  const { data, problem, loading, again } = useAsk("kaifang.reach.search", ask, { keep: 30_000, hold: true });
  const exposures = useSeen(data);
  if (problem) return <Problem problem={problem} again={again} />;
  if (loading || !data) return <Waiting />;
  const hits = [...data.boxes, ...data.hits];
  if (!hits.length) return <Empty>{w("none", { words })}</Empty>;
  return (
    <section className="box" aria-label={w.results}>
      <p className="k-unseen" role="status">
        {w("count", { count: hits.length })}
      </p>
      <ul className="h-lines">
        {hits.map((hit) => (
          <li key={hit.kind + hit.id}>
            <Result hit={hit} exposure={exposures[hit.kind + hit.id] ?? ""} />
          </li>
        ))}
      </ul>
    </section>
  );
}

function Result({ hit, exposure }: { hit: Hit; exposure: string }) {
  const w = useWords();
  const page = pageOf(hit, hit.link, exposure);
  const inside = (
    <>
      <Mark name={hit.title} id={hit.merchant} />
      <span>
        <strong>{hit.title}</strong>
        <span className="quiet">
          {hit.merchant_name}
          {hit.meters !== undefined && ` · ${distance(hit.meters)}`}
        </span>
      </span>
      <span className="chip">{w[hit.kind as "SHOP"] ?? hit.kind}</span>
    </>
  );
  if (!page) return <span className="h-line">{inside}</span>;
  const open = (event: MouseEvent) => {
    event.preventDefault();
    if (exposure) tapped(exposure);
    navigate(page);
  };
  return (
    <a className="h-line" href={`#${page}`} onClick={open}>
      {inside}
    </a>
  );
}

const LOOKED_AT = 800; // milliseconds that results stand before they count as seen
const SEEN = 10;

/** Tells what came into view once the person has stopped typing; the numbers of these showings. */
function useSeen(found: Found | undefined): Record<string, string> {
  const [exposures, setExposures] = useState<Record<string, string>>({});
  useEffect(() => {
    const items = found ? [...found.boxes, ...found.hits].slice(0, SEEN).map(({ kind, id }) => ({ kind, id })) : [];
    if (!items.length) return;
    const tell = async () => {
      const report_no = crypto.randomUUID();
      const told = await call("kaifang.reach.seen", { report_no, items: items as never }).catch(() => undefined);
      if (!told) return;
      setExposures(Object.fromEntries(items.map((one, at) => [one.kind + one.id, told.exposures[at] ?? ""])));
    };
    const timer = setTimeout(() => void tell(), LOOKED_AT);
    return () => clearTimeout(timer);
  }, [found]);
  return exposures;
}
