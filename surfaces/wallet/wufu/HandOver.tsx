// Giving a card, asking for one, exchanging two: never without the other's word.
import { Button } from "antd-mobile";
import { useState, type FormEvent } from "react";
import { defineWords, moment, Problem, useAct, type Answer } from "../../kit";
import { useOnce } from "../cards/once";
import type { Seen } from "./Campaigns";

export type Doing = "give" | "ask" | "swap";
type Begun = Answer<"kaifang.wufu.card.give">;

const useWords = defineWords({
  friend: { zh: "好友的账号", en: "The friend's account" },
  friendHint: { zh: "如 bo@example.com", en: "such as bo@example.com" },
  anybody: {
    zh: "不填账号，会得到一个链接，先打开的人得到这张卡。",
    en: "Leave it out for a link: whoever opens it first has the card.",
  },
  wants: { zh: "想换的福卡", en: "For which card" },
  give: { zh: "送出", en: "Give" },
  ask: { zh: "发出请求", en: "Ask" },
  swap: { zh: "提议交换", en: "Propose" },
  given: {
    zh: "已送出。对方在{until}前领取，过期自动退回给你。",
    en: "It is theirs if they take it before {until}; else it is yours again.",
  },
  asked: { zh: "已发出，等对方在{until}前同意。", en: "Sent. The friend can agree until {until}." },
  link: { zh: "把这个链接发给好友：", en: "Send this link to a friend:" },
  copy: { zh: "复制链接", en: "Copy the link" },
  copied: { zh: "已复制", en: "Copied" },
  done: { zh: "好", en: "Done" },
});

interface Props {
  campaign: Seen;
  kind: string;
  doing: Doing;
  done(): void;
}

export function HandOver({ campaign, kind, doing, done }: Props) {
  const w = useWords();
  const once = useOnce();
  const others = campaign.kinds.filter((one) => one.code !== kind);
  const [friend, setFriend] = useState("");
  const [wants, setWants] = useState(others[0]?.code ?? "");
  const [begun, setBegun] = useState<Begun>();
  const changes = { changes: ["kaifang.wufu."] };
  const give = useAct("kaifang.wufu.card.give", changes);
  const ask = useAct("kaifang.wufu.card.ask", changes);
  const swap = useAct("kaifang.wufu.card.swap", changes);
  const { problem, acting } = { give, ask, swap }[doing];

  const begin = async (event: FormEvent) => {
    event.preventDefault();
    const shared = { campaign_id: campaign.campaign_id, out_no: once.no, friend_logon_id: friend.trim() || undefined };
    const answer =
      doing === "give"
        ? await give.act({ ...shared, kind })
        : doing === "ask"
          ? await ask.act({ ...shared, kind })
          : await swap.act({ ...shared, gives: kind, wants });
    if (answer) setBegun(answer);
  };
  const change = (what: () => void) => {
    what();
    once.next(); // another friend, or another card, is another matter
  };

  if (begun) return <Sent begun={begun} linked={doing === "give" && !friend.trim()} done={done} />;
  return (
    <form className="hand-over" onSubmit={(event) => void begin(event)}>
      <label className="blank">
        {w.friend}
        <input
          autoComplete="off"
          placeholder={w.friendHint}
          required={doing !== "give"}
          value={friend}
          onChange={(event) => change(() => setFriend(event.target.value))}
        />
      </label>
      {doing === "give" && <p className="quiet">{w.anybody}</p>}
      {doing === "swap" && (
        <label className="blank">
          {w.wants}
          <select value={wants} onChange={(event) => change(() => setWants(event.target.value))}>
            {others.map((one) => (
              <option key={one.code} value={one.code}>
                {one.name}
              </option>
            ))}
          </select>
        </label>
      )}
      {problem && <Problem problem={problem} />}
      <Button block color="primary" size="large" type="submit" loading={acting}>
        {w[doing]}
      </Button>
    </form>
  );
}

function Sent({ begun, linked, done }: { begun: Begun; linked: boolean; done(): void }) {
  const w = useWords();
  const [copied, setCopied] = useState(false);
  const address = `${location.origin}${location.pathname}#/wufu/gift/${begun.handover_id}`;
  const copy = async () => {
    await navigator.clipboard.writeText(address);
    setCopied(true);
  };
  return (
    <div className="done" role="status">
      <p>{w(begun.url ? "asked" : "given", { until: moment(begun.until) })}</p>
      {linked && (
        <>
          <p>{w.link}</p>
          <code className="gift-link">{address}</code>
          <Button onClick={() => void copy()}>{copied ? w.copied : w.copy}</Button>
        </>
      )}
      <Button color="primary" onClick={done}>
        {w.done}
      </Button>
    </div>
  );
}
