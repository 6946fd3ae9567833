// One message; looking at it is opening it.
import { useEffect } from "react";
import { Link } from "wouter";
import { askAgain, defineWords, moment, Problem, useAsk } from "../../kit";
import { Mark } from "../shell/Mark";
import { Page } from "../shell/Page";
import { Waiting } from "../shell/Waiting";

const useWords = defineWords({
  title: { zh: "消息", en: "Message" },
  open: { zh: "打开小程序", en: "Open the mini-program" },
  switches: { zh: "管理消息开关", en: "Manage message switches" },
});

export default function Message({ params }: { params: Record<string, string> }) {
  const w = useWords();
  const ask = { message_id: params.id };
  const { data, problem, again } = useAsk("kaifang.message.open", ask, { keep: Infinity });
  useEffect(() => {
    if (data) void askAgain("kaifang.message.inbox");
  }, [data]);
  return (
    <Page title={data?.title ?? w.title} back="/messages">
      {problem && <Problem problem={problem} again={again} />}
      {!data && !problem && <Waiting />}
      {data && (
        <section className="box">
          <div className="who">
            <Mark name={data.merchant_name} id={data.merchant} />
            <span>
              <strong>{data.merchant_name}</strong>
              <span className="quiet">{moment(data.sent)}</span>
            </span>
          </div>
          <dl className="facts">
            {data.lines.map((line) => (
              <div key={line.name}>
                <dt>{line.name}</dt>
                <dd>{line.value}</dd>
              </div>
            ))}
          </dl>
          <p className="links">
            <Link href={`/app/${data.app_id}`}>{w.open}</Link>
            <Link href="/messages/switches">{w.switches}</Link>
          </p>
        </section>
      )}
    </Page>
  );
}
