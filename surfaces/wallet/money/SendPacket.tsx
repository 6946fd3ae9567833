// Sending friends a red packet.
import { useState } from "react";
import { useLocation } from "wouter";
import { defineWords, useAct, type Ask } from "../../kit";
import { Page } from "../shell/Page";
import { amountOf, fen } from "./amount";
import { AmountField } from "./AmountField";
import { Channels, useChannels } from "./Channels";
import { MOVED } from "./moved";
import { useNumbers } from "./numbers";
import { PayButton } from "./PayButton";
import "./money.css";

type Kind = NonNullable<Ask<"kaifang.wallet.redpacket.send">["kind"]>;

const useWords = defineWords({
  title: { zh: "发红包", en: "Send a red packet" },
  kind: { zh: "怎么分", en: "How it is shared" },
  LUCKY: { zh: "拼手气：每份多少看运气", en: "By luck: shares differ" },
  EQUAL: { zh: "普通：每份一样多", en: "Equal shares" },
  amount: { zh: "总金额", en: "In all" },
  count: { zh: "份数（1–100）", en: "Shares (1–100)" },
  few: { zh: "每份至少0.01元", en: "Each share is at least 0.01 yuan" },
  greeting: { zh: "祝福语", en: "Greeting" },
  usual: { zh: "恭喜发财，大吉大利", en: "Good luck and prosperity" },
  act: { zh: "塞钱进红包", en: "Fill it" },
  back: { zh: "24小时内没有领完的会退回给你。", en: "What nobody takes within a day comes back to you." },
});

export default function SendPacket() {
  const w = useWords();
  const [, go] = useLocation();
  const numbers = useNumbers();
  const [typed, setTyped] = useState("");
  const [packet, setPacket] = useState({ kind: "LUCKY" as Kind, count: "1", greeting: "" });
  const { act, problem } = useAct("kaifang.wallet.redpacket.send", { changes: MOVED });
  const amount = amountOf(typed);
  const count = /^\d{1,3}$/.test(packet.count) ? Number(packet.count) : 0;
  const enough = amount !== undefined && count > 0 && count <= 100 && fen(amount) >= count;
  const channels = useChannels(amount ? { amount, purpose: "transfer" } : null);
  const pay = (pay_password: string) => {
    const { kind, greeting } = packet;
    const wish = { kind, count, greeting: greeting || w.usual, amount: amount!, channel: channels.channel };
    return act({ ...wish, out_biz_no: numbers(wish), pay_password });
  };
  return (
    <Page title={w.title} back="/money/packets">
      <div className="box m-form">
        <fieldset className="m-channels">
          <legend>{w.kind}</legend>
          {(["LUCKY", "EQUAL"] as const).map((kind) => (
            <label key={kind} className="m-choice">
              <input
                type="radio"
                name="kind"
                checked={packet.kind === kind}
                onChange={() => setPacket({ ...packet, kind })}
              />
              <span>{w[kind]}</span>
            </label>
          ))}
        </fieldset>
        <AmountField
          label={w.amount}
          value={typed}
          onChange={setTyped}
          hint={amount && count && !enough ? w.few : undefined}
        />
        <label>
          {w.count}
          <input
            type="number"
            inputMode="numeric"
            min={1}
            max={100}
            value={packet.count}
            onChange={(event) => setPacket({ ...packet, count: event.target.value })}
          />
        </label>
        <label>
          {w.greeting}
          <input
            maxLength={60}
            placeholder={w.usual}
            value={packet.greeting}
            onChange={(event) => setPacket({ ...packet, greeting: event.target.value })}
          />
        </label>
        <Channels of={channels} />
        <PayButton
          title={packet.greeting || w.usual}
          amount={amount}
          disabled={!enough || !channels.channel}
          problem={problem}
          pay={pay}
          done={(told) => "packet_id" in told && go(`/money/packet/${told.packet_id}`, { replace: true })}
        >
          {w.act}
        </PayButton>
        <p className="quiet">{w.back}</p>
      </div>
    </Page>
  );
}
