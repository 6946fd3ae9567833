// What is on its way between friends, and one's word on it.
import { Button } from "antd-mobile";
import { askAgain, defineWords, Empty, moment, Problem, useAct, useAsk, useLive, type Answer } from "../../kit";
import { Waiting } from "../shell/Waiting";
import { Blessing } from "./Blessing";
import { WufuPage } from "./WufuPage";

export type Handover = Answer<"kaifang.wufu.card.look">;
const CHANGES = { changes: ["kaifang.wufu."] };

const useWords = defineWords({
  title: { zh: "好友往来", en: "Friends" },
  none: {
    zh: "还没有赠送与交换。点开一张福卡，送给好友或向好友要。",
    en: "Nothing yet. Open one of your cards to give it, or to ask a friend.",
  },
  album: { zh: "去我的福卡", en: "To my cards" },
  anybody: { zh: "第一个打开链接的人", en: "whoever opens the link first" },
  GIFT_mine: { zh: "送给{friend}", en: "To {friend}" },
  GIFT_theirs: { zh: "{friend}送给你", en: "From {friend}" },
  WISH_mine: { zh: "向{friend}要", en: "Asked of {friend}" },
  WISH_theirs: { zh: "{friend}向你要", en: "{friend} asks you for" },
  SWAP_mine: { zh: "和{friend}交换", en: "Exchange with {friend}" },
  SWAP_theirs: { zh: "{friend}想和你交换", en: "{friend} would exchange" },
  WAITING: { zh: "等待中，{until}前有效", en: "waiting, until {until}" },
  DONE: { zh: "已完成", en: "done" },
  BACK: { zh: "未成，已退回", en: "came to nothing" },
  accept: { zh: "收下", en: "Take it" },
  refuse: { zh: "退回", en: "No, thanks" },
  agree: { zh: "同意", en: "Agree" },
  disagree: { zh: "不同意", en: "Refuse" },
  withdraw: { zh: "撤回", en: "Take back" },
  link: { zh: "链接", en: "Link" },
});

export default function Friends({ params }: { params: Record<string, string> }) {
  const w = useWords();
  const asked = useAsk("kaifang.wufu.card.list", { campaign_id: params.id, limit: 50 });
  useLive(["wufu.", "proposal."], () => askAgain("kaifang.wufu.card.list"));
  return (
    <WufuPage title={w.title} back={`/wufu/${params.id}`}>
      {asked.problem && <Problem problem={asked.problem} again={asked.again} />}
      {asked.loading && <Waiting />}
      {asked.data?.handovers.length === 0 && (
        <Empty
          action={
            <a className="act" href={`#/wufu/${params.id}`}>
              {w.album}
            </a>
          }
        >
          {w.none}
        </Empty>
      )}
      {asked.data?.handovers.map((one) => (
        <OnItsWay key={one.handover_id} one={one} />
      ))}
    </WufuPage>
  );
}

export function OnItsWay({ one }: { one: Handover }) {
  const w = useWords();
  const kind = one.kind as "GIFT" | "WISH" | "SWAP";
  const state = one.state as "WAITING" | "DONE" | "BACK";
  const side = one.mine ? "mine" : "theirs";
  return (
    <article className={state === "WAITING" ? "box handover" : "box handover handover-over"}>
      <div className="handover-cards">
        {one.gives_name && <Blessing name={one.gives_name} size="small" />}
        {kind === "SWAP" && <span aria-hidden>⇄</span>}
        {one.wants_name && <Blessing name={one.wants_name} size="small" />}
      </div>
      <p>
        <strong>{w(`${kind}_${side}`, { friend: one.friend ?? w.anybody })}</strong>
        <small>{w(state, { until: moment(one.until) })}</small>
      </p>
      {state === "WAITING" &&
        (one.mine ? <Own one={one} /> : kind === "GIFT" ? <Given one={one} /> : <Asked one={one} />)}
    </article>
  );
}

/** What one began can be taken back. */
function Own({ one }: { one: Handover }) {
  const w = useWords();
  const { act, problem, acting } = useAct("kaifang.wufu.card.withdraw", CHANGES);
  return (
    <div className="handover-acts">
      {one.kind === "GIFT" && !one.friend && <a href={`#/wufu/gift/${one.handover_id}`}>{w.link}</a>}
      <Button size="small" loading={acting} onClick={() => void act({ handover_id: one.handover_id })}>
        {w.withdraw}
      </Button>
      {problem && <Problem problem={problem} />}
    </div>
  );
}

function Given({ one }: { one: Handover }) {
  const w = useWords();
  const accept = useAct("kaifang.wufu.card.accept", CHANGES);
  const refuse = useAct("kaifang.wufu.card.refuse", CHANGES);
  const which = { handover_id: one.handover_id };
  const problem = accept.problem ?? refuse.problem;
  return (
    <div className="handover-acts">
      <Button size="small" loading={refuse.acting} onClick={() => void refuse.act(which)}>
        {w.refuse}
      </Button>
      <Button size="small" color="primary" loading={accept.acting} onClick={() => void accept.act(which)}>
        {w.accept}
      </Button>
      {problem && <Problem problem={problem} />}
    </div>
  );
}

/** A wish or an exchange is answered as every proposal is. */
function Asked({ one }: { one: Handover }) {
  const w = useWords();
  const { act, problem, acting } = useAct("kaifang.proposal.answer", {
    changes: ["kaifang.wufu.", "kaifang.proposal."],
  });
  const answer = (agree: boolean) => void act({ proposal_id: one.proposal_id!, agree });
  return (
    <div className="handover-acts">
      <Button size="small" disabled={acting} onClick={() => answer(false)}>
        {w.disagree}
      </Button>
      <Button size="small" color="primary" loading={acting} onClick={() => answer(true)}>
        {w.agree}
      </Button>
      {problem && <Problem problem={problem} />}
    </div>
  );
}
