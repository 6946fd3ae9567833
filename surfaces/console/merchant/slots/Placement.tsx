// One placement: whom it reached, what they did, and each showing followed to the money.
import { Timeline } from "antd";
import { defineWords, moment, yuan } from "../../../kit";
import { Asked, Detail, DerivedList, Go, Part, Sheet, Term, useAppAsk } from "../../shared";
import { Steps } from "../insight/Steps";
import { before, useToday } from "../insight/dates";
import { Acts } from "./Acts";

const useWords = defineWords({
  came: { zh: "带来了什么（90 天）", en: "What came of it (90 days)" },
  shown: { zh: "展示给人看的内容", en: "What is shown" },
  each: { zh: "每一次展示", en: "Each showing" },
  none: { zh: "还没有展示过。", en: "It has not been shown yet." },
  why: { zh: "为什么展示", en: "Why it was shown" },
  steps: { zh: "之后发生的事", en: "What followed" },
  earned: { zh: "成交 {amount}", en: "{amount} earned" },
  nothing: { zh: "之后还没有发生什么。", en: "Nothing has followed yet." },
});

export default function Placement({ placement_id }: { placement_id: string }) {
  const w = useWords();
  const placement = useAppAsk("kaifang.reach.placement.query", { placement_id });
  const today = useToday();
  const span = today && { placement_id, begin_date: before(today, 89), end_date: today };
  const funnel = useAppAsk("kaifang.reach.funnel", span || null);
  const told = placement.data;
  return (
    <Sheet
      title={told?.title ?? placement_id}
      lead={told?.subtitle}
      extra={told && <Acts placement_id={placement_id} state={told.state} />}
    >
      <Part title={w.came}>
        <Asked of={funnel}>{(one) => <Steps figures={one.acquire} rates={one.convert} />}</Asked>
      </Part>
      <div className="c-columns">
        <Part title={w.shown}>
          <Asked of={placement}>
            {(one) => (
              <Detail
                method="kaifang.reach.placement.query"
                data={one}
                hide={["placement_id", "title", "subtitle"]}
                columns={FACTS}
              />
            )}
          </Asked>
        </Part>
        <Part title={w.each}>
          <DerivedList
            method="kaifang.reach.exposure.list"
            ask={{ placement_id }}
            id="exposure"
            shows={["at", "slot", "clicked"]}
            order={["at", "slot", "clicked"]}
            columns={{ offer: false, clicked: { title: { zh: "点击", en: "Tapped" } } }}
            detail={(row) => <Chain exposure={row.exposure} />}
            name="exposures"
            empty={w.none}
          />
        </Part>
      </div>
    </Sheet>
  );
}

const FACTS = {
  slot: { title: { zh: "流量位", en: "Slot" } },
  offer: { render: (one?: { kind: string; id?: string }) => <Offer {...one} /> },
  daily: {
    title: { zh: "每天", en: "Each day" },
    render: (one?: { opens: string; closes: string }) => one && `${one.opens}–${one.closes}`,
  },
  audience: { title: { zh: "给谁看", en: "For whom" }, render: (one: string) => <Term value={one} /> },
  shown: { title: { zh: "展示", en: "Shown" } },
  clicked: { title: { zh: "点击", en: "Tapped" } },
};

function Offer({ kind = "", id }: { kind?: string; id?: string }) {
  const text = (
    <>
      <Term value={kind} /> {id}
    </>
  );
  return kind === "VOUCHER" && id ? <Go to={`merchant/vouchers/${id}`}>{text}</Go> : text;
}

function Chain({ exposure }: { exposure: string }) {
  const w = useWords();
  const chain = useAppAsk("kaifang.reach.chain", { exposure });
  return (
    <Asked of={chain}>
      {(told) => (
        <>
          <h3>{w.why}</h3>
          <ul>
            {told.why.map((one) => (
              <li key={JSON.stringify(one)}>{Object.values(one).join(" · ")}</li>
            ))}
          </ul>
          <h3>
            {w.steps} <span className="c-quiet">{w("earned", { amount: yuan(told.earned) })}</span>
          </h3>
          {told.steps.length ? (
            <Timeline
              items={told.steps.map((one) => ({
                content: (
                  <>
                    {one.what} {Number(one.amount) > 0 && yuan(one.amount)}{" "}
                    <span className="c-quiet">{moment(one.at)}</span>
                  </>
                ),
              }))}
            />
          ) : (
            <p className="c-quiet">{w.nothing}</p>
          )}
        </>
      )}
    </Asked>
  );
}
