// Messages: what waits for an answer, then what merchants said, the newest first.
import { Button } from "antd-mobile";
import { RightOutline, SetOutline } from "antd-mobile-icons";
import { useEffect, useState } from "react";
import { Link } from "wouter";
import { defineWords, Empty, moment, Problem, useAsk, useLanguage, useLive, type Answer } from "../../kit";
import { Slot } from "../home/Slot";
import { Mark } from "../shell/Mark";
import { Page } from "../shell/Page";
import { Waiting } from "../shell/Waiting";

type Inbox = Answer<"kaifang.message.inbox">;
export type Told = Inbox["messages"][number];

const useWords = defineWords({
  title: { zh: "消息", en: "Messages" },
  switches: { zh: "消息开关", en: "Message switches" },
  asked: { zh: "等你答复", en: "Waiting for your answer" },
  codes: { zh: "签约验证码", en: "Codes to sign with" },
  codesWhy: {
    zh: "商家请你签约。确认是你本人在办理，再把验证码告诉商家。",
    en: "A merchant asks you to sign an agreement. Tell the code only if it is you who asked for it.",
  },
  valid: { zh: "{until}前有效", en: "good until {until}" },
  until: { zh: "{until}前答复", en: "Answer before {until}" },
  none: {
    zh: "还没有消息。订阅商家的通知后，取货、到账等消息会出现在这里。",
    en: "No messages yet. Once you agree to a merchant's messages, they will be here.",
  },
  look: { zh: "看看附近的店", en: "Look at the shops around" },
  unread: { zh: "未读", en: "Unread" },
  older: { zh: "更早的消息", en: "Older messages" },
  shown: { zh: "推荐", en: "Shown here" },
});

const PAGE = 20;

export default function Messages() {
  const w = useWords();
  const settings = (
    <Link href="/messages/switches" className="h-top-link" aria-label={w.switches}>
      <SetOutline aria-hidden />
    </Link>
  );
  return (
    <Page title={w.title} back={false} action={settings}>
      <AskedOf />
      <Codes />
      <AllMessages />
      <Slot slot="message" title={w.shown} />
    </Page>
  );
}

/** Questions of others that wait for this person. */
function AskedOf() {
  const w = useWords();
  const language = useLanguage();
  const { data, again } = useAsk("kaifang.proposal.list", {});
  useLive(["proposal."], () => void again());
  if (!data?.proposals.length) return null;
  return (
    <section className="box">
      <h2>{w.asked}</h2>
      <ul className="h-lines">
        {data.proposals.map((one) => (
          <li key={one.proposal_id}>
            <Link href={`/messages/asked/${one.proposal_id}`} className="h-line">
              <Mark name={one.proposer_name} id={one.proposer} />
              <span>
                <strong>{one[language]}</strong>
                <span className="quiet">{w("until", { until: moment(one.until) })}</span>
              </span>
              <RightOutline aria-hidden />
            </Link>
          </li>
        ))}
      </ul>
    </section>
  );
}

/** The codes by which merchants have one sign an agreement: what a text message would bring. */
function Codes() {
  const w = useWords();
  const { data } = useAsk("kaifang.agreement.codes", {});
  if (!data?.codes.length) return null;
  return (
    <section className="box">
      <h2>{w.codes}</h2>
      <p className="quiet">{w.codesWhy}</p>
      <ul className="h-lines">
        {data.codes.map((one) => (
          <li key={one.confirm_no} className="h-line">
            <span>
              <strong>{one.merchant}</strong>
              <span className="quiet">
                {one.product} · {w("valid", { until: moment(one.expires) })}
              </span>
            </span>
            <code>{one.confirm_no}</code>
          </li>
        ))}
      </ul>
    </section>
  );
}

function AllMessages() {
  const w = useWords();
  const [before, setBefore] = useState<string>();
  const [earlier, setEarlier] = useState<Told[]>([]);
  const newest = useAsk("kaifang.message.inbox", { limit: PAGE });
  const next = useAsk("kaifang.message.inbox", before ? { limit: PAGE, before } : null);
  useLive(["message."], () => void newest.again());
  useEffect(() => {
    if (!next.data) return;
    setEarlier((known) => [...known, ...next.data!.messages]);
    setBefore(undefined);
  }, [next.data]);
  if (newest.problem) return <Problem problem={newest.problem} again={newest.again} />;
  if (!newest.data) return <Waiting />;
  const all = [...newest.data.messages, ...earlier];
  if (!all.length) return <Empty action={<Link href="/shops">{w.look}</Link>}>{w.none}</Empty>;
  const last = earlier.length ? earlier.length % PAGE : newest.data.messages.length % PAGE;
  return (
    <section className="box" aria-label={w.title}>
      <ul className="h-lines">
        {all.map((one) => (
          <li key={one.message_id}>
            <Line one={one} />
          </li>
        ))}
      </ul>
      {last === 0 && (
        <Button block fill="none" loading={next.loading} onClick={() => setBefore(all.at(-1)!.message_id)}>
          {w.older}
        </Button>
      )}
    </section>
  );
}

function Line({ one }: { one: Told }) {
  const w = useWords();
  return (
    <Link href={`/messages/${one.message_id}`} className="h-line">
      <Mark name={one.merchant_name} id={one.merchant} />
      <span>
        <strong>{one.title}</strong>
        <span className="quiet">{one.lines.map((line) => line.value).join(" · ")}</span>
        <span className="quiet">
          {one.merchant_name} · {moment(one.sent)}
        </span>
      </span>
      {!one.opened && <span className="chip chip-new">{w.unread}</span>}
    </Link>
  );
}
