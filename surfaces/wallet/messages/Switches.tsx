// Which messages one agreed to, each with a switch; what is switched off can be switched on again.
import { Switch } from "antd-mobile";
import { Link } from "wouter";
import { day, defineWords, Empty, Problem, useAct, useAsk, type Answer } from "../../kit";
import { Page } from "../shell/Page";
import { Waiting } from "../shell/Waiting";

type Agreed = Answer<"kaifang.message.subscriptions">["subscriptions"][number];

const useWords = defineWords({
  title: { zh: "消息开关", en: "Message switches" },
  why: {
    zh: "商家只能发送你同意接收的消息；随时可以关闭。",
    en: "Merchants can only send what you agreed to. Switch it off whenever you like.",
  },
  none: {
    zh: "你还没有订阅任何消息。在商家的小程序里同意后，可在这里管理。",
    en: "You agreed to no messages yet. What you agree to in a merchant's mini-program can be managed here.",
  },
  look: { zh: "看看附近的店", en: "Look at the shops around" },
  once: { zh: "只收一条", en: "One message only" },
  always: { zh: "长期接收", en: "All of them" },
  since: { zh: "{day}同意", en: "since {day}" },
});

const CHANGES = { changes: ["kaifang.message.subscriptions"] };

export default function Switches() {
  const w = useWords();
  const { data, problem, again } = useAsk("kaifang.message.subscriptions", { ended: true });
  return (
    <Page title={w.title} back="/messages">
      {problem && <Problem problem={problem} again={again} />}
      {!data && !problem && <Waiting />}
      {data && !data.subscriptions.length && <Empty action={<Link href="/shops">{w.look}</Link>}>{w.none}</Empty>}
      {data && data.subscriptions.length > 0 && (
        <>
          <p className="quiet">{w.why}</p>
          <ul className="box h-lines">
            {data.subscriptions.map((one) => (
              <li key={one.template_id}>
                <One one={one} />
              </li>
            ))}
          </ul>
        </>
      )}
    </Page>
  );
}

function One({ one }: { one: Agreed }) {
  const w = useWords();
  const agree = useAct("kaifang.message.subscribe", CHANGES);
  const stop = useAct("kaifang.message.unsubscribe", CHANGES);
  const turn = async (on: boolean) => {
    if (on) await agree.act({ template_ids: [one.template_id] });
    else await stop.act({ template_id: one.template_id });
  };
  const problem = agree.problem ?? stop.problem;
  return (
    <>
      <div className="h-line">
        <span>
          <strong>{one.name}</strong>
          <span className="quiet">
            {one.merchant_name} · {one.once ? w.once : w.always} · {w("since", { day: day(one.since) })}
          </span>
        </span>
        <Switch
          aria-label={`${one.merchant_name} ${one.name}`}
          checked={one.active}
          loading={agree.acting || stop.acting}
          onChange={(on) => void turn(on)}
        />
      </div>
      {problem && <Problem problem={problem} />}
    </>
  );
}
