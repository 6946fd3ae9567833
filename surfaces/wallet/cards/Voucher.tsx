// A voucher of one's own: its code or how it is used, its rules in words, the shops that take it, and giving it back.
import { Button } from "antd-mobile";
import { useState } from "react";
import { askAgain, defineWords, moment, Problem, useAct, useAsk, useLive, yuan, type Answer } from "../../kit";
import { BarCode, QrCode } from "../../kit/Code";
import { Waiting } from "../shell/Waiting";
import { CardsPage } from "./CardsPage";
import { MaybePicture } from "./Face";
import { useHere } from "./here";
import { rulesOf, worth } from "./rules";
import { Sheet } from "./Sheet";
import { Shops } from "./Shops";

type Look = Answer<"kaifang.voucher.look">;
type Use = Look["uses"][number];

const useWords = defineWords({
  title: { zh: "券详情", en: "Voucher" },
  SENDED: { zh: "可用", en: "usable" },
  USED: { zh: "已使用", en: "used" },
  EXPIRED: { zh: "已过期", en: "expired" },
  INVALID: { zh: "已退", en: "returned" },
  valid: { zh: "{begin} 至 {end}", en: "{begin} to {end}" },
  code: { zh: "券码 {code}", en: "Code {code}" },
  show: { zh: "到店出示，由店员核销", en: "Show it in the shop: they take it by this code" },
  itself: {
    zh: "在下列商家付款时自动使用，不用出示。",
    en: "It is used by itself when you pay there. Nothing to show.",
  },
  notNow: { zh: "此刻不在可用时间", en: "It cannot be used at this moment" },
  rules: { zh: "使用规则", en: "Rules" },
  uses: { zh: "使用记录", en: "Uses" },
  off: { zh: "减{amount}", en: "{amount} off" },
  bought: { zh: "购买价{price}", en: "Bought for {price}" },
  back: { zh: "退券", en: "Give back" },
  backText: { zh: "退券后，{price}原路退回。", en: "{price} goes back to where it came from." },
  backSure: { zh: "确认退券", en: "Give it back" },
  backDone: { zh: "已退回{amount}", en: "{amount} came back" },
});

export default function Voucher({ params }: { params: Record<string, string> }) {
  const w = useWords();
  const where = useHere();
  const asked = useAsk("kaifang.voucher.look", { voucher_id: params.id, ...where.here }, { hold: true });
  useLive(["voucher."], () => askAgain("kaifang.voucher.look"));
  return (
    <CardsPage title={w.title} back="/cards/vouchers">
      {asked.problem && <Problem problem={asked.problem} again={asked.again} />}
      {asked.loading && <Waiting />}
      {asked.data && <Content voucher={asked.data} />}
      {asked.data?.voucher_status === "SENDED" && <Shops shops={asked.data.shops} where={where} />}
    </CardsPage>
  );
}

function Content({ voucher }: { voucher: Look }) {
  const w = useWords();
  const { big, small } = worth(voucher.voucher_deduct_info, voucher.face);
  const state = voucher.voucher_status as "SENDED" | "USED" | "EXPIRED" | "INVALID";
  const display = voucher.voucher_display_pattern_info;
  const rules = rulesOf(voucher.voucher_use_rule_info);
  if (display?.voucher_description) rules.push(display.voucher_description);
  if (voucher.price) rules.push(w("bought", { price: yuan(voucher.price) }));
  return (
    <>
      <section className={state === "SENDED" ? "box pass" : "box pass pass-over"}>
        <MaybePicture id={display?.voucher_image} className="pass-picture" />
        <p className="pass-worth">{big}</p>
        <h2>{voucher.voucher_name}</h2>
        <p>{[voucher.merchant_name, ...small].join(" · ")}</p>
        <p className="quiet">
          {w("valid", { begin: moment(voucher.valid_begin_time), end: moment(voucher.valid_end_time) })}
        </p>
        <span className="badge">{w[state]}</span>
      </section>
      {state === "SENDED" && <ToUse voucher={voucher} />}
      {rules.length > 0 && (
        <section className="box">
          <h2>{w.rules}</h2>
          <ul className="rules">
            {rules.map((line) => (
              <li key={line}>{line}</li>
            ))}
          </ul>
        </section>
      )}
      {voucher.uses.length > 0 && (
        <section className="box">
          <h2>{w.uses}</h2>
          {voucher.uses.map((use: Use) => (
            <div className="pair" key={use.trade_no}>
              <small>{use.trade_no}</small>
              <span>{w("off", { amount: yuan(use.amount) })}</span>
            </div>
          ))}
        </section>
      )}
      <GiveBack voucher={voucher} />
    </>
  );
}

function ToUse({ voucher }: { voucher: Look }) {
  const w = useWords();
  const code = voucher.voucher_code;
  return (
    <section className="box">
      {!voucher.usable && <p className="warn">{w.notNow}</p>}
      {code ? (
        <figure className="code-box">
          <BarCode text={code} label={w("code", { code })} />
          <QrCode text={code} label={w("code", { code })} />
          <figcaption>
            <span className="code-text">{code}</span>
            {w.show}
          </figcaption>
        </figure>
      ) : (
        <p>{w.itself}</p>
      )}
    </section>
  );
}

function GiveBack({ voucher }: { voucher: Look }) {
  const w = useWords();
  const [open, setOpen] = useState(false);
  const [back, setBack] = useState("");
  const { act, problem, acting } = useAct("kaifang.voucher.return", {
    changes: ["kaifang.voucher.look", "kaifang.voucher.mine"],
  });
  const giveBack = async () => {
    const answer = await act({ voucher_id: voucher.voucher_id });
    if (!answer) return;
    setOpen(false);
    setBack(answer.refund_amount);
  };
  if (back) return <p role="status">{w("backDone", { amount: yuan(back) })}</p>;
  if (!voucher.returnable) return null;
  return (
    <footer className="foot">
      <button type="button" className="ghost" onClick={() => setOpen(true)}>
        {w.back}
      </button>
      <Sheet title={w.back} open={open} onClose={() => setOpen(false)}>
        <p>{w("backText", { price: yuan(voucher.price) })}</p>
        {problem && <Problem problem={problem} />}
        <Button block color="primary" size="large" loading={acting} onClick={() => void giveBack()}>
          {w.backSure}
        </Button>
      </Sheet>
    </footer>
  );
}
