// One's vouchers, by how they stand.
import { AddOutline } from "antd-mobile-icons";
import { useState } from "react";
import { defineWords, Empty, moment, askAgain, Problem, useAsk, useLive, type Answer } from "../../kit";
import { Waiting } from "../shell/Waiting";
import { CardsPage } from "./CardsPage";
import { Ticket } from "./Ticket";

type Mine = Answer<"kaifang.voucher.mine">["vouchers"][number];

const STATES = { usable: "SENDED", used: "USED", expired: "EXPIRED", returned: "INVALID" } as const;
type State = keyof typeof STATES;
const PAGE = 20;

const useWords = defineWords({
  title: { zh: "我的券", en: "My vouchers" },
  states: { zh: "券的状态", en: "States" },
  usable: { zh: "可用", en: "Usable" },
  used: { zh: "已用", en: "Used" },
  expired: { zh: "已过期", en: "Expired" },
  returned: { zh: "已退", en: "Returned" },
  until: { zh: "{day}到期", en: "until {day}" },
  from: { zh: "{day}起可用", en: "from {day}" },
  notNow: { zh: "此刻不在可用时段", en: "not at this time" },
  code: { zh: "出示券码", en: "Show its code" },
  left: { zh: "已用{used}次，共{most}次", en: "used {used} of {most} times" },
  noneUsable: { zh: "没有可用的券。去领几张？", en: "No voucher to use. Get some?" },
  none: { zh: "这里还没有券", en: "There is nothing here yet." },
  offers: { zh: "领券中心", en: "Get vouchers" },
  more: { zh: "下一页", en: "Next page" },
  first: { zh: "回到第一页", en: "First page" },
});

export default function Vouchers({ params }: { params: Record<string, string> }) {
  const w = useWords();
  const state = (params.state in STATES ? params.state : "usable") as State;
  const [page, setPage] = useState({ state, number: 1 });
  const number = page.state === state ? page.number : 1; // another state begins with its first page
  const asked = useAsk(
    "kaifang.voucher.mine",
    {
      voucher_status: STATES[state],
      order: state === "usable" ? "SOONEST" : "NEWEST",
      page_num: number,
      page_size: PAGE,
    },
    { hold: true },
  );
  useLive(["voucher."], () => askAgain("kaifang.voucher.mine"));
  const found: Mine[] = asked.data?.vouchers ?? [];
  return (
    <CardsPage
      title={w.title}
      back="/cards"
      action={
        <a className="c-top" href="#/cards/offers" aria-label={w.offers}>
          <AddOutline aria-hidden />
        </a>
      }
    >
      <nav className="states" aria-label={w.states}>
        {(Object.keys(STATES) as State[]).map((each) => (
          <a key={each} href={`#/cards/vouchers/${each}`} aria-current={each === state ? "page" : undefined}>
            {w[each]} <small>{asked.data?.counts[STATES[each]] ?? ""}</small>
          </a>
        ))}
      </nav>
      {asked.problem && <Problem problem={asked.problem} again={asked.again} />}
      {asked.loading && <Waiting />}
      {asked.data && !found.length && (
        <Empty
          action={
            state === "usable" && (
              <a className="act" href="#/cards/offers">
                {w.offers}
              </a>
            )
          }
        >
          {state === "usable" ? w.noneUsable : w.none}
        </Empty>
      )}
      {found.map((one) => (
        <Ticket
          key={one.voucher_id}
          title={one.voucher_name}
          merchant={one.merchant_name}
          deduct={one.voucher_deduct_info}
          face={one.face}
          faded={state !== "usable"}
          href={`#/cards/voucher/${one.voucher_id}`}
        >
          <When one={one} usable={state === "usable"} />
        </Ticket>
      ))}
      <nav className="pager">
        {number > 1 && (
          <button type="button" className="ghost" onClick={() => setPage({ state, number: 1 })}>
            {w.first}
          </button>
        )}
        {found.length === PAGE && (
          <button type="button" className="ghost" onClick={() => setPage({ state, number: number + 1 })}>
            {w.more}
          </button>
        )}
      </nav>
    </CardsPage>
  );
}

function When({ one, usable }: { one: Mine; usable: boolean }) {
  const w = useWords();
  return (
    <>
      <small>{w("until", { day: moment(one.valid_end_time) })}</small>
      {one.voucher_max_use_times > 1 && (
        <small>{w("left", { used: one.voucher_used_times, most: one.voucher_max_use_times })}</small>
      )}
      {usable && !one.usable && (
        <small className="warn">{one.begun ? w.notNow : w("from", { day: moment(one.valid_begin_time) })}</small>
      )}
      {usable && one.voucher_code && <small className="good">{w.code}</small>}
    </>
  );
}
