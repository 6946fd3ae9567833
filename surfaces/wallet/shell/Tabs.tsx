// The bar at the bottom, on the five pages that it leads to.
import { AppOutline, BillOutline, CouponOutline, MessageOutline, UserOutline } from "antd-mobile-icons";
import { Link, useLocation } from "wouter";
import { defineWords, useSession } from "../../kit";

const useWords = defineWords({
  tabs: { zh: "主导航", en: "Main" },
  home: { zh: "首页", en: "Home" },
  money: { zh: "资金", en: "Money" },
  cards: { zh: "卡包", en: "Cards" },
  messages: { zh: "消息", en: "Messages" },
  me: { zh: "我的", en: "Me" },
});

const TABS = [
  { path: "/", name: "home", Icon: AppOutline },
  { path: "/money", name: "money", Icon: BillOutline },
  { path: "/cards", name: "cards", Icon: CouponOutline },
  { path: "/messages", name: "messages", Icon: MessageOutline },
  { path: "/me", name: "me", Icon: UserOutline },
] as const;

export function Tabs() {
  const w = useWords();
  const [here] = useLocation();
  if (!useSession() || !TABS.some((tab) => tab.path === here)) return null;
  return (
    <nav className="tabs" aria-label={w.tabs}>
      {TABS.map(({ path, name, Icon }) => (
        <Link key={path} href={path} aria-current={path === here ? "page" : undefined}>
          <Icon aria-hidden />
          {w[name]}
        </Link>
      ))}
    </nav>
  );
}
