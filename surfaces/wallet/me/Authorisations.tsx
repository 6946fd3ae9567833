// All that one has allowed others: apps that know one, agreements to deduct, service providers that act for one.
import { Button, Dialog } from "antd-mobile";
import type { ReactNode } from "react";
import {
  day,
  defineWords,
  Empty,
  Problem,
  useAct,
  useAsk,
  useLanguage,
  useSession,
  yuan,
  type Answer,
  type OwnApp,
} from "../../kit";
import { Mark } from "../shell/Mark";
import { Page } from "../shell/Page";
import { Waiting } from "../shell/Waiting";

type Consent = Answer<"kaifang.account.consent.list">["consents"][number];
type Agreement = Answer<"kaifang.agreement.list">["agreements"][number];
type Relative = Answer<"kaifang.trade.family.list">["relatives"][number];
type Provider = Answer<"kaifang.openapp.authorisation.list">["authorisations"][number];

const useWords = defineWords({
  title: { zh: "授权与签约", en: "Consents and agreements" },
  apps: { zh: "允许知道我的应用", en: "Apps that may know me" },
  noApps: {
    zh: "没有应用获得你的授权。授权后可在这里撤回。",
    en: "No app may. What you allow can be taken back here.",
  },
  agreements: { zh: "自动扣款签约", en: "Agreements to deduct" },
  noAgreements: {
    zh: "没有生效的签约。签约后可在这里暂停或解约。",
    en: "There are none. They can be paused or ended here.",
  },
  family: { zh: "商家登记的亲友关系", en: "Whom merchants noted as yours" },
  toldBy: { zh: "由{merchant}登记", en: "noted by {merchant}" },
  part: { zh: "解除", en: "Part" },
  providers: { zh: "代“{app}”办理的服务商", en: "Who may act for “{app}”" },
  noProviders: { zh: "没有服务商代为办理。", en: "Nobody may." },
  since: { zh: "{day}起", en: "since {day}" },
  deducted: { zh: "已扣{amount}", en: "{amount} deducted" },
  single: { zh: "单次最多{amount}", en: "{amount} at most at once" },
  paused: { zh: "已暂停", en: "Paused" },
  everything: { zh: "全部能力", en: "For everything" },
  withdraw: { zh: "撤回", en: "Take back" },
  pause: { zh: "暂停", en: "Pause" },
  resume: { zh: "恢复", en: "Resume" },
  end: { zh: "解约", en: "End" },
  sure: { zh: "{name}从此不能再使用这项授权，确定吗？", en: "{name} may not from now on. Are you sure?" },
  yes: { zh: "确定", en: "Yes" },
  no: { zh: "取消", en: "Cancel" },
});

export default function Authorisations() {
  const w = useWords();
  const session = useSession();
  const consents = useAsk("kaifang.account.consent.list", {});
  const agreements = useAsk("kaifang.agreement.list", {});
  return (
    <Page title={w.title} back="/me">
      <Part title={w.apps} none={w.noApps} asked={consents} lines={consents.data?.consents}>
        {(one) => <ConsentLine key={one.app_id} one={one} />}
      </Part>
      <Part title={w.agreements} none={w.noAgreements} asked={agreements} lines={agreements.data?.agreements}>
        {(one) => <AgreementLine key={one.agreement_no} one={one} />}
      </Part>
      <Family />
      {session?.apps
        .filter((app) => app.role === "merchant")
        .map((app) => (
          <Providers key={app.app_id} app={app} />
        ))}
    </Page>
  );
}

interface PartProps<T> {
  title: string;
  none: string;
  asked: { problem: Error | null; again(): unknown };
  lines: T[] | undefined;
  children: (one: T) => ReactNode;
}

function Part<T>({ title, none, asked, lines, children }: PartProps<T>) {
  return (
    <section className="box">
      <h2>{title}</h2>
      {asked.problem && <Problem problem={asked.problem} again={asked.again} />}
      {!lines && !asked.problem && <Waiting lines={2} />}
      {lines?.length === 0 && <Empty>{none}</Empty>}
      {lines && lines.length > 0 && <ul className="h-lines">{lines.map(children)}</ul>}
    </section>
  );
}

interface LineProps {
  id: string;
  name: string;
  said: string[];
  problem: Error | null;
  children: ReactNode;
}

function Line({ id, name, said, problem, children }: LineProps) {
  return (
    <li>
      <div className="h-line h-line-top">
        <Mark name={name} id={id} />
        <span>
          <strong>{name}</strong>
          {said.map((text) => (
            <span key={text} className="quiet">
              {text}
            </span>
          ))}
        </span>
        <span className="acts">{children}</span>
      </div>
      {problem && <Problem problem={problem} />}
    </li>
  );
}

function ConsentLine({ one }: { one: Consent }) {
  const w = useWords();
  const language = useLanguage();
  const { act, acting, problem } = useAct("kaifang.account.consent.withdraw", {
    changes: ["kaifang.account.consent.list"],
  });
  const said = [...one.scopes.map((scope) => scope[language]), w("since", { day: day(one.since) })];
  const withdraw = async () => (await sure(one.name)) && act({ app_id: one.app_id });
  return (
    <Line id={one.app_id} name={one.name} said={said} problem={problem}>
      <Button size="small" loading={acting} onClick={() => void withdraw()}>
        {w.withdraw}
      </Button>
    </Line>
  );
}

function AgreementLine({ one }: { one: Agreement }) {
  const w = useWords();
  const { act, acting, problem } = useAct("kaifang.agreement.change", { changes: ["kaifang.agreement.list"] });
  const stopped = one.status === "STOP";
  const said = [
    one.product,
    w("deducted", { amount: yuan(one.deducted) }),
    ...(one.single ? [w("single", { amount: yuan(one.single) })] : []),
    stopped ? w.paused : w("since", { day: day(one.sign_time) }),
  ];
  const change = (to: "NORMAL" | "STOP" | "UNSIGN") => act({ agreement_no: one.agreement_no, to });
  const end = async () => (await sure(one.merchant)) && change("UNSIGN");
  return (
    <Line id={one.agreement_no} name={one.merchant} said={said} problem={problem}>
      <Button size="small" disabled={acting} onClick={() => void change(stopped ? "NORMAL" : "STOP")}>
        {stopped ? w.resume : w.pause}
      </Button>
      <Button size="small" disabled={acting} onClick={() => void end()}>
        {w.end}
      </Button>
    </Line>
  );
}

function Family() {
  const w = useWords();
  const asked = useAsk("kaifang.trade.family.list", {});
  if (!asked.data?.relatives.length) return null;
  return (
    <Part title={w.family} none="" asked={asked} lines={asked.data.relatives}>
      {(one) => <RelativeLine key={one.user_id} one={one} />}
    </Part>
  );
}

function RelativeLine({ one }: { one: Relative }) {
  const w = useWords();
  const { act, acting, problem } = useAct("kaifang.trade.family.part", { changes: ["kaifang.trade.family.list"] });
  const said = [w("toldBy", { merchant: one.told_by }), w("since", { day: day(one.since) })];
  return (
    <Line id={one.user_id} name={`${one.relation_name} ${one.logon_id}`} said={said} problem={problem}>
      <Button size="small" loading={acting} onClick={() => void act({ user_id: one.user_id })}>
        {w.part}
      </Button>
    </Line>
  );
}

function Providers({ app }: { app: OwnApp }) {
  const w = useWords();
  const asked = useAsk("kaifang.openapp.authorisation.list", { app_id: app.app_id });
  const title = w("providers", { app: app.name });
  return (
    <Part title={title} none={w.noProviders} asked={asked} lines={asked.data?.authorisations}>
      {(one) => <ProviderLine key={one.app_id} one={one} auth_app_id={app.app_id} />}
    </Part>
  );
}

function ProviderLine({ one, auth_app_id }: { one: Provider; auth_app_id: string }) {
  const w = useWords();
  const { act, acting, problem } = useAct("kaifang.openapp.authorisation.withdraw", {
    changes: ["kaifang.openapp.authorisation.list"],
  });
  const said = [one.capabilities?.join(", ") ?? w.everything, w("since", { day: day(one.since) })];
  const withdraw = async () => (await sure(one.name)) && act({ auth_app_id, app_id: one.app_id });
  return (
    <Line id={one.app_id} name={one.name} said={said} problem={problem}>
      <Button size="small" loading={acting} onClick={() => void withdraw()}>
        {w.withdraw}
      </Button>
    </Line>
  );
}

function sure(name: string): Promise<boolean> {
  const w = useWords.now();
  return Dialog.confirm({ content: w("sure", { name }), confirmText: w.yes, cancelText: w.no });
}
