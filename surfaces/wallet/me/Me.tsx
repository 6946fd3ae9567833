// One's own page: who is signed in, and all that one manages oneself.
import { Button } from "antd-mobile";
import {
  CheckShieldOutline,
  ContentOutline,
  EnvironmentOutline,
  KeyOutline,
  LockOutline,
  RightOutline,
  SetOutline,
} from "antd-mobile-icons";
import { useState } from "react";
import { Link } from "wouter";
import { defineWords, signOut, useSession } from "../../kit";
import { Mark } from "../shell/Mark";
import { Page } from "../shell/Page";

const useWords = defineWords({
  title: { zh: "我的", en: "Me" },
  person: { zh: "个人账户 {id}", en: "Personal account {id}" },
  merchant: { zh: "商家账户 {id}", en: "Merchant account {id}" },
  authorisations: { zh: "授权与签约", en: "Consents and agreements" },
  authorisationsWhy: { zh: "谁可以知道什么、代办什么、扣款多少", en: "Who may know, do or deduct what" },
  devices: { zh: "登录设备", en: "Signed-in devices" },
  devicesWhy: { zh: "在哪里登录过，随时退出", en: "Where you are signed in; sign out from afar" },
  passwords: { zh: "密码", en: "Passwords" },
  passwordsWhy: { zh: "登录密码与支付密码", en: "To sign in, and to pay" },
  addresses: { zh: "收货地址", en: "Delivery addresses" },
  addressesWhy: { zh: "东西送到哪里", en: "Where things are delivered to" },
  settings: { zh: "设置", en: "Settings" },
  settingsWhy: { zh: "语言与外观", en: "Language and look" },
  console: { zh: "商家后台", en: "Merchant console" },
  consoleWhy: { zh: "订单、会员与营销", en: "Orders, members and marketing" },
  out: { zh: "退出登录", en: "Sign out" },
});

const LINKS = [
  { name: "authorisations", path: "/me/authorisations", Icon: CheckShieldOutline },
  { name: "devices", path: "/me/devices", Icon: LockOutline },
  { name: "passwords", path: "/me/passwords", Icon: KeyOutline },
  { name: "addresses", path: "/me/addresses", Icon: EnvironmentOutline },
  { name: "settings", path: "/me/settings", Icon: SetOutline },
] as const;

export default function Me() {
  const w = useWords();
  const session = useSession();
  const [leaving, setLeaving] = useState(false);
  if (!session) return null;
  const out = () => {
    setLeaving(true);
    void signOut();
  };
  return (
    <Page title={w.title} back={false}>
      <section className="box who me-who">
        <Mark name={session.name} id={session.user_id} />
        <span>
          <strong>{session.name}</strong>
          <span className="quiet">{w(session.kind, { id: session.user_id })}</span>
        </span>
      </section>
      <ul className="box h-lines">
        {LINKS.map(({ name, path, Icon }) => (
          <li key={path}>
            <Link href={path} className="h-line">
              <Icon className="h-line-icon" aria-hidden />
              <span>
                <strong>{w[name]}</strong>
                <span className="quiet">{w[`${name}Why`]}</span>
              </span>
              <RightOutline aria-hidden />
            </Link>
          </li>
        ))}
        {session.kind === "merchant" && (
          <li>
            <a href="/console/" className="h-line">
              <ContentOutline className="h-line-icon" aria-hidden />
              <span>
                <strong>{w.console}</strong>
                <span className="quiet">{w.consoleWhy}</span>
              </span>
              <RightOutline aria-hidden />
            </a>
          </li>
        )}
      </ul>
      <Button block size="large" loading={leaving} onClick={out}>
        {w.out}
      </Button>
    </Page>
  );
}
