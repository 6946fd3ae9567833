// A red packet: whose it is, one's own share, who took theirs; and a code by which friends come to it.
import { Button } from "antd-mobile";
import { defineWords, moment, Problem, useAct, useAsk, useLive, yuan, type Answer } from "../../kit";
import { QrCode } from "../../kit/Code";
import { Page } from "../shell/Page";
import { Waiting } from "../shell/Waiting";
import { MOVED } from "./moved";
import "./money.css";

type Seen = Answer<"kaifang.wallet.redpacket.look">;

const useWords = defineWords({
  title: { zh: "红包", en: "Red packet" },
  from: { zh: "{name}的红包", en: "From {name}" },
  take: { zh: "打开红包", en: "Open it" },
  mine: { zh: "你领到", en: "Your share" },
  gone: { zh: "红包已经领完了", en: "It is empty" },
  returned: { zh: "没有领完的部分已退回", en: "What nobody took has gone back" },
  shares: { zh: "{taken}/{count} 份已领，共 {amount}", en: "{taken} of {count} shares taken, {amount} in all" },
  share: { zh: "让朋友扫码来领", en: "Let friends scan this" },
  code: { zh: "红包二维码", en: "The code of this red packet" },
});

export default function Packet({ params }: { params: Record<string, string> }) {
  const w = useWords();
  const packet_id = params.id;
  const { data, problem, loading, again } = useAsk("kaifang.wallet.redpacket.look", { packet_id });
  const claim = useAct("kaifang.wallet.redpacket.claim", { changes: MOVED });
  useLive(["redpacket."], () => void again());
  const wrong = problem ?? claim.problem;
  return (
    <Page title={w.title} back="/money/packets">
      {wrong && <Problem problem={wrong} again={again} />}
      {loading && <Waiting />}
      {data && (
        <>
          <section className="m-packet">
            <p>
              <bdi>{w("from", { name: data.sender })}</bdi>
            </p>
            <h2>
              <bdi>{data.greeting}</bdi>
            </h2>
            <Mine packet={data} acting={claim.acting} take={() => void claim.act({ packet_id })} />
          </section>
          <Shares packet={data} />
          {data.state === "OPEN" && (
            <figure className="box m-code">
              <p>{w.share}</p>
              <QrCode text={data.link} label={w.code} />
            </figure>
          )}
        </>
      )}
    </Page>
  );
}

function Mine({ packet, acting, take }: { packet: Seen; acting: boolean; take(): void }) {
  const w = useWords();
  if (packet.mine) {
    return (
      <p role="status">
        {w.mine}
        <strong className="m-amount">{yuan(packet.mine)}</strong>
      </p>
    );
  }
  if (packet.state !== "OPEN") return <p>{packet.state === "EMPTY" ? w.gone : w.returned}</p>;
  return (
    <Button size="large" loading={acting} onClick={take}>
      {w.take}
    </Button>
  );
}

function Shares({ packet }: { packet: Seen }) {
  const w = useWords();
  const taken = packet.shares.length;
  return (
    <section className="box">
      <p className="quiet">{w("shares", { taken, count: packet.count, amount: yuan(packet.amount) })}</p>
      <ul className="m-list">
        {packet.shares.map((share) => (
          <li key={share.name + share.at} className="m-bill">
            <span className="m-bill-what">
              <bdi>{share.name}</bdi>
              <small>{moment(share.at)}</small>
            </span>
            <span className="m-bill-amount">{yuan(share.amount)}</span>
          </li>
        ))}
      </ul>
    </section>
  );
}
