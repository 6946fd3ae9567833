// The red packets that one sent, and those that one had a share of.
import { Button } from "antd-mobile";
import { useState } from "react";
import { defineWords, Empty, moment, Problem, useAsk, yuan } from "../../kit";
import { Page } from "../shell/Page";
import { Waiting } from "../shell/Waiting";
import "./money.css";

const useWords = defineWords({
  title: { zh: "红包", en: "Red packets" },
  send: { zh: "发红包", en: "Send a red packet" },
  sides: { zh: "收到或发出", en: "Got or sent" },
  GOT: { zh: "我收到的", en: "Got" },
  SENT: { zh: "我发出的", en: "Sent" },
  from: { zh: "来自{name}", en: "from {name}" },
  taken: { zh: "已领 {taken}/{count}", en: "{taken} of {count} taken" },
  RETURNED: { zh: "余额已退回", en: "the rest came back" },
  noneGOT: { zh: "还没有收到红包。", en: "You have not got one yet." },
  noneSENT: { zh: "还没有发过红包。", en: "You have not sent one yet." },
  more: { zh: "更早的", en: "Older ones" },
});

const SIZE = 20;

export default function Packets() {
  const w = useWords();
  const [side, setSide] = useState<"GOT" | "SENT">("GOT");
  const [pages, setPages] = useState(1);
  return (
    <Page title={w.title} back="/money">
      <a className="m-button" href="#/money/packets/send">
        {w.send}
      </a>
      <div className="m-sides" role="group" aria-label={w.sides}>
        {(["GOT", "SENT"] as const).map((each) => (
          <button
            key={each}
            type="button"
            aria-pressed={side === each}
            onClick={() => {
              setSide(each);
              setPages(1);
            }}
          >
            {w[each]}
          </button>
        ))}
      </div>
      {Array.from({ length: pages }, (_, place) => (
        <List
          key={`${side}${place}`}
          side={side}
          page={place + 1}
          last={place + 1 === pages}
          more={() => setPages(pages + 1)}
        />
      ))}
    </Page>
  );
}

function List({ side, page, last, more }: { side: "GOT" | "SENT"; page: number; last: boolean; more(): void }) {
  const w = useWords();
  const asked = useAsk("kaifang.wallet.redpacket.list", { side, page_num: page, page_size: SIZE });
  const packets = asked.data?.packets;
  return (
    <>
      {asked.problem && <Problem problem={asked.problem} again={asked.again} />}
      {asked.loading && <Waiting />}
      {packets?.length === 0 && page === 1 && (
        <Empty action={<a href="#/money/packets/send">{w.send}</a>}>{side === "GOT" ? w.noneGOT : w.noneSENT}</Empty>
      )}
      {packets && packets.length > 0 && (
        <ul className="box m-list">
          {packets.map((packet) => (
            <li key={packet.packet_id}>
              <a className="m-bill" href={`#/money/packet/${packet.packet_id}`}>
                <span className="m-bill-what">
                  <bdi>{packet.greeting}</bdi>
                  <small>
                    {packet.with_whom ? w("from", { name: packet.with_whom }) : w("taken", { ...packet })}
                    {packet.state === "RETURNED" && side === "SENT" ? `, ${w.RETURNED}` : ""} · {moment(packet.at)}
                  </small>
                </span>
                <span className={side === "GOT" ? "m-bill-amount in" : "m-bill-amount"}>{yuan(packet.amount)}</span>
              </a>
            </li>
          ))}
        </ul>
      )}
      {last && packets?.length === SIZE && (
        <Button block fill="none" color="primary" onClick={more}>
          {w.more}
        </Button>
      )}
    </>
  );
}
