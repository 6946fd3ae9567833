// A member's card: what a till reads, points, levels, benefits, what points are exchanged for, and the way out.
import { Button } from "antd-mobile";
import { RightOutline } from "antd-mobile-icons";
import { useState } from "react";
import { useLocation } from "wouter";
import { askAgain, day, defineWords, moment, Problem, useAct, useAsk, useLive, yuan, type Answer } from "../../kit";
import { Waiting } from "../shell/Waiting";
import { CardsPage } from "./CardsPage";
import { Face } from "./Face";
import { nameOfField } from "./fields";
import { useOnce } from "./once";
import { Sheet } from "./Sheet";
import { ShownCode } from "./ShownCode";
import { Terms, type TermsOf } from "./Terms";

type Look = Answer<"kaifang.card.look">;
const CHANGES = ["kaifang.card.look", "kaifang.card.point.list", "kaifang.card.held", "kaifang.voucher.mine"];

const useWords = defineWords({
  title: { zh: "会员卡", en: "Member card" },
  points: { zh: "积分", en: "Points" },
  stored: { zh: "储值", en: "Paid in" },
  spent: { zh: "累计消费", en: "Spent" },
  next: { zh: "再消费{left}升级为{title}", en: "{left} more makes you {title}" },
  expiring: { zh: "{points}积分将于{day}到期", en: "{points} points expire on {day}" },
  log: { zh: "积分明细", en: "Points, line by line" },
  exchange: { zh: "兑换", en: "Exchange" },
  exchanged: { zh: "已兑换：{title}，剩余{after}积分", en: "Yours: {title}. {after} points are left." },
  toVoucher: { zh: "查看这张券", en: "See the voucher" },
  sure: { zh: "用{points}积分兑换{title}？", en: "Exchange {points} points for {title}?" },
  told: { zh: "商家知道我的", en: "What the merchant was told" },
  since: { zh: "{day}入会", en: "Member since {day}" },
  valid: { zh: "有效期至{day}", en: "Valid until {day}" },
  leave: { zh: "退出会员", en: "Leave" },
  leaveTitle: { zh: "退出{title}？", en: "Leave {title}?" },
  leaveText: { zh: "退出后积分清零，不能恢复。", en: "Your points there will be gone for good." },
  leaveSure: { zh: "确认退出", en: "Leave" },
  notes: { zh: "商家提醒", en: "From the merchant" },
  remind: { zh: "{points}积分将于{until}到期", en: "{points} points expire on {until}" },
  changed: { zh: "积分变动 {points}", en: "Points changed by {points}" },
});

export default function Card({ params }: { params: Record<string, string> }) {
  const w = useWords();
  const asked = useAsk("kaifang.card.look", { card: params.id });
  useLive(["membercard."], () => askAgain("kaifang.card.look"));
  return (
    <CardsPage title={asked.data?.title ?? w.title} back="/cards">
      {asked.problem && <Problem problem={asked.problem} again={asked.again} />}
      {asked.loading && <Waiting />}
      {asked.data && <Content card={asked.data} />}
    </CardsPage>
  );
}

function Content({ card }: { card: Look }) {
  const w = useWords();
  return (
    <>
      <Face card={card} level={card.level_name} number={card.external_no} />
      <ShownCode card={card.card} />
      <section className="box">
        <div className="figures">
          <a href={`#/cards/card/${card.card}/points`}>
            <strong>{card.points}</strong>
            <span>{w.points}</span>
          </a>
          <div>
            <strong>{yuan(card.spent)}</strong>
            <span>{w.spent}</span>
          </div>
          {card.stored !== "0.00" && (
            <div>
              <strong>{yuan(card.stored)}</strong>
              <span>{w.stored}</span>
            </div>
          )}
        </div>
        {card.next && <p className="next">{w("next", { left: yuan(card.next.left), title: card.next.title })}</p>}
        {card.expiring?.[0] && (
          <p className="quiet">
            {w("expiring", { points: card.expiring[0].points, day: day(card.expiring[0].until) })}
          </p>
        )}
        <a className="pair" href={`#/cards/card/${card.card}/points`}>
          {w.log}
          <RightOutline aria-hidden />
        </a>
      </section>
      <Notes card={card.card} />
      <Terms terms={card.terms} level={card.level} exchange={(one) => <Exchange card={card.card} one={one} />} />
      <Lines card={card} />
      <Told card={card} />
      <Leave card={card} />
    </>
  );
}

/** What the merchant has written on it, and its buttons. */
function Lines({ card }: { card: Look }) {
  const lines = [...(card.lines ?? []), ...(card.actions ?? [])];
  if (!lines.length) return null;
  return (
    <section className="box">
      {lines.map(({ title, value, url }) => (
        <div className="pair" key={title}>
          {title}
          <span>
            {value} {url && /^https?:\/\//.test(url) && <Outside url={url} />}
          </span>
        </div>
      ))}
    </section>
  );
}

function Outside({ url }: { url: string }) {
  return (
    <a href={url} target="_blank" rel="noreferrer">
      {new URL(url).host}
    </a>
  );
}

function Notes({ card }: { card: string }) {
  const w = useWords();
  const { data } = useAsk("kaifang.card.note.list", { card });
  if (!data?.notes.length) return null;
  return (
    <section className="box">
      <h2>{w.notes}</h2>
      <ul className="benefits">
        {data.notes.slice(0, 3).map((note: Answer<"kaifang.card.note.list">["notes"][number]) => (
          <li key={note.at + note.points}>
            {note.kind === "POINT_REMIND"
              ? w("remind", { points: note.points, until: day(note.until) })
              : w("changed", { points: note.points })}
            <small>{moment(note.at)}</small>
          </li>
        ))}
      </ul>
    </section>
  );
}

function Exchange({ card, one }: { card: string; one: TermsOf["exchanges"][number] }) {
  const w = useWords();
  const once = useOnce();
  const [open, setOpen] = useState(false);
  const [had, setHad] = useState<Answer<"kaifang.card.spend">>();
  const { act, problem, acting } = useAct("kaifang.card.spend", { changes: CHANGES });
  const spend = async () => {
    const answer = await act({ card, key: one.key, out_no: once.no });
    if (!answer) return;
    once.next();
    setHad(answer);
  };
  const close = () => {
    setOpen(false);
    setHad(undefined);
  };
  return (
    <>
      <Button size="small" color="primary" fill="outline" disabled={!one.enough && !open} onClick={() => setOpen(true)}>
        {w.exchange}
      </Button>
      <Sheet title={w.exchange} open={open} onClose={close}>
        {had ? (
          <div className="done" role="status">
            <p>{w("exchanged", { title: had.title, after: had.after })}</p>
            {had.voucher_id && (
              <a className="act" href={`#/cards/voucher/${had.voucher_id}`}>
                {w.toVoucher}
              </a>
            )}
          </div>
        ) : (
          <>
            <p>{w("sure", { points: one.points, title: one.title })}</p>
            {problem && <Problem problem={problem} />}
            <Button block color="primary" size="large" loading={acting} onClick={() => void spend()}>
              {w.exchange}
            </Button>
          </>
        )}
      </Sheet>
    </>
  );
}

function Told({ card }: { card: Look }) {
  const w = useWords();
  const fields = Object.entries((card.told ?? {}) as Record<string, string>);
  if (!fields.length) return null;
  return (
    <section className="box">
      <h2>{w.told}</h2>
      {fields.map(([name, value]) => (
        <div className="pair" key={name}>
          {nameOfField(name)}
          <span>{value}</span>
        </div>
      ))}
    </section>
  );
}

function Leave({ card }: { card: Look }) {
  const w = useWords();
  const [, go] = useLocation();
  const [open, setOpen] = useState(false);
  const { act, problem, acting } = useAct("kaifang.card.leave", { changes: ["kaifang.card.held"] });
  const leave = async () => {
    if (await act({ card: card.card })) go("/cards", { replace: true });
  };
  return (
    <footer className="foot">
      <p className="quiet">
        {w("since", { day: day(card.joined) })}
        {card.valid && ` · ${w("valid", { day: day(card.valid) })}`}
      </p>
      <button type="button" className="ghost" onClick={() => setOpen(true)}>
        {w.leave}
      </button>
      <Sheet title={w("leaveTitle", { title: card.title })} open={open} onClose={() => setOpen(false)}>
        <p>{w.leaveText}</p>
        {problem && <Problem problem={problem} />}
        <Button block color="danger" size="large" loading={acting} onClick={() => void leave()}>
          {w.leaveSure}
        </Button>
      </Sheet>
    </footer>
  );
}
