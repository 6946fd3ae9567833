// The page after a payment: what was paid, and what helps now, here.
import "./home.css";
import { Button } from "antd-mobile";
import { CheckCircleFill } from "antd-mobile-icons";
import { navigate } from "wouter/use-hash-location";
import { defineWords, Problem, useAsk, yuan } from "../../kit";
import { Page } from "../shell/Page";
import { near, usePlace } from "../shell/place";
import { Waiting } from "../shell/Waiting";
import { Cards } from "./Slot";

const useWords = defineWords({
  title: { zh: "支付成功", en: "Paid" },
  to: { zh: "付给{name}", en: "to {name}" },
  total: { zh: "原价{total}", en: "{total} before what was taken off" },
  done: { zh: "完成", en: "Done" },
  now: { zh: "此刻可用", en: "For you, now" },
});

const FOR_GOOD = Infinity; // looking at this page again shows the same

export default function Paid({ params }: { params: Record<string, string> }) {
  const w = useWords();
  const ask = { trade_no: params.trade, ...near(usePlace()) };
  const { data, problem, again } = useAsk("kaifang.reach.success", ask, { keep: FOR_GOOD });
  return (
    <Page title={w.title} back={false}>
      {problem && <Problem problem={problem} again={again} />}
      {!data && !problem && <Waiting />}
      {data && (
        <section className="box paid" role="status">
          <CheckCircleFill aria-hidden />
          <h2>{w.title}</h2>
          <p className="amount">{yuan(data.amount)}</p>
          {data.total !== data.amount && <p className="quiet">{w("total", { total: yuan(data.total) })}</p>}
          <p className="quiet">{w("to", { name: data.seller_name })}</p>
          <p className="quiet">{data.subject}</p>
        </section>
      )}
      <Button block color="primary" size="large" onClick={() => navigate("/", { replace: true })}>
        {w.done}
      </Button>
      {data && <Cards title={w.now} shown={data.shown} />}
    </Page>
  );
}
