// The first page: to scan, to pay, to be paid, cards; the grid; my mini-programs; and what fits here and now.
import {
  BellOutline,
  CollectMoneyOutline,
  CouponOutline,
  RightOutline,
  ScanningOutline,
  SearchOutline,
  TransportQRcodeOutline,
} from "antd-mobile-icons";
import { Link } from "wouter";
import { defineWords, useAsk, useLive } from "../../kit";
import { Mark } from "../shell/Mark";
import { Grid } from "./Grid";
import { Slot } from "./Slot";
import { useTitle } from "../shell/Page";
import "./home.css";

const useWords = defineWords({
  home: { zh: "首页", en: "Home" },
  search: { zh: "搜索商家、服务、小程序", en: "Search shops and services" },
  messages: { zh: "消息", en: "Messages" },
  unread: { zh: "{count}条未读消息", en: "{count} unread messages" },
  scan: { zh: "扫一扫", en: "Scan" },
  paycode: { zh: "付钱", en: "Pay" },
  collect: { zh: "收钱", en: "Collect" },
  bag: { zh: "卡包", en: "Cards" },
  quick: { zh: "常用操作", en: "Quick actions" },
  mine: { zh: "我的小程序", en: "My mini-programs" },
  none: { zh: "打开过的小程序会出现在这里", en: "Mini-programs that you open will be here" },
  forYou: { zh: "为你推荐", en: "For you" },
  shops: { zh: "附近的店", en: "Shops near me" },
  shopsWhy: { zh: "看看谁在营业，有什么优惠", en: "Who is open, and what they offer" },
});

const QUICK = [
  { name: "scan", path: "/money/scan", Icon: ScanningOutline },
  { name: "paycode", path: "/money/code", Icon: TransportQRcodeOutline },
  { name: "collect", path: "/money/collect", Icon: CollectMoneyOutline },
  { name: "bag", path: "/cards", Icon: CouponOutline },
] as const;

export default function Home() {
  const w = useWords();
  useTitle(w.home);
  return (
    <>
      <header className="h-hero">
        <h1 className="k-unseen">Kaifang 开放</h1>
        <Link href="/search" className="h-hero-search">
          <SearchOutline aria-hidden />
          {w.search}
        </Link>
        <Bell />
        <nav className="h-hero-quick" aria-label={w.quick}>
          {QUICK.map(({ name, path, Icon }) => (
            <Link key={path} href={path}>
              <Icon aria-hidden />
              {w[name]}
            </Link>
          ))}
        </nav>
      </header>
      <main className="page home">
        <Grid />
        <Mine />
        <Link href="/shops" className="box h-line">
          <span>
            <strong>{w.shops}</strong>
            <span className="quiet">{w.shopsWhy}</span>
          </span>
          <RightOutline aria-hidden />
        </Link>
        <Slot slot="home_card" title={w.forYou} />
      </main>
    </>
  );
}

function Bell() {
  const w = useWords();
  const { data, again } = useAsk("kaifang.message.inbox", { limit: 50 }, { keep: 60_000 });
  useLive(["message."], () => void again());
  const unread = data?.messages.filter((one) => !one.opened).length ?? 0;
  return (
    <Link href="/messages" className="h-hero-bell" aria-label={unread ? w("unread", { count: unread }) : w.messages}>
      <BellOutline aria-hidden />
      {unread > 0 && <span className="dot">{unread}</span>}
    </Link>
  );
}

const KEPT = 8;

function Mine() {
  const w = useWords();
  const { data } = useAsk("kaifang.service.app.mine", {}, { keep: 60_000 });
  if (!data) return null;
  const own = [...data.kept, ...data.recent.filter((one) => !one.favorite)].slice(0, KEPT);
  return (
    <section className="box">
      <h2>{w.mine}</h2>
      {!own.length && <p className="quiet">{w.none}</p>}
      <ul className="apps">
        {own.map((one) => (
          <li key={one.app_id}>
            <Link href={`/app/${one.app_id}`}>
              <Mark name={one.name} id={one.app_id} />
              <span>{one.name}</span>
            </Link>
          </li>
        ))}
      </ul>
    </section>
  );
}
