// The code that a till reads: made anew before it expires; once it was used, the page of that payment opens.
import { RightOutline } from "antd-mobile-icons";
import { useCallback, useEffect, useState } from "react";
import { useLocation } from "wouter";
import { askAgain, defineWords, Problem, useAct, useAsk, useLive } from "../../kit";
import { BarCode, QrCode } from "../../kit/Code";
import { Page } from "../shell/Page";
import { MOVED } from "./moved";
import "./money.css";

const useWords = defineWords({
  title: { zh: "付款码", en: "Pay code" },
  show: { zh: "向商家出示，不要发给别人", en: "Show it to the till, and send it to nobody" },
  bars: { zh: "付款条形码", en: "The code as bars" },
  square: { zh: "付款二维码", en: "The code as a square" },
  renewed: { zh: "自动更新", en: "It renews itself" },
  renew: { zh: "立即更新", en: "Renew now" },
  first: { zh: "优先使用余额，不足时用首选银行卡", en: "The balance pays; if it is too small, your preferred card" },
  confirm: { zh: "商家请你确认一笔付款", en: "A merchant asks you to confirm a payment" },
});

const EARLY = 10_000; // milliseconds before it expires
const EVERY = 3_000; // milliseconds between looks for a payment to confirm

export default function PayCode() {
  const w = useWords();
  const [, go] = useLocation();
  const { code, problem, renew } = useCode();
  useAwake();
  useLive(["trade.pay"], ({ subject }) => {
    void askAgain(...MOVED);
    go(`/paid/${subject}`, { replace: true });
  });
  return (
    <Page title={w.title} back="/money">
      {problem && <Problem problem={problem} again={renew} />}
      <ToConfirm />
      <figure className="box m-code m-pay-code" aria-busy={!code}>
        <p>{w.show}</p>
        {code && (
          <>
            <BarCode text={code} label={w.bars} />
            <QrCode text={code} label={w.square} />
          </>
        )}
        <figcaption>
          <span className="quiet">
            {w.renewed} ·{" "}
            <button type="button" className="m-more" onClick={() => void renew()}>
              {w.renew}
            </button>
          </span>
        </figcaption>
      </figure>
      <p className="quiet m-center">{w.first}</p>
    </Page>
  );
}

function useCode() {
  const { act, problem } = useAct("kaifang.fund.code.create");
  const [made, setMade] = useState<{ auth_code: string; expires_in: number }>();
  const renew = useCallback(async () => setMade(await act({})), []);
  useEffect(() => void renew(), [renew]);
  useEffect(() => {
    if (!made) return;
    const timer = setTimeout(() => void renew(), made.expires_in * 1000 - EARLY);
    return () => clearTimeout(timer);
  }, [made]);
  return { code: made?.auth_code, problem, renew };
}

/** The screen does not go dark while a till reads it. */
function useAwake(): void {
  useEffect(() => {
    const asked = navigator.wakeLock?.request("screen").catch(() => undefined);
    return () => void asked?.then((lock) => lock?.release());
  }, []);
}

/** Above the amount that is paid without a password, the till waits for the person. */
function ToConfirm() {
  const w = useWords();
  const { data } = useAsk("kaifang.trade.list", { only: "TO_PAY", limit: 1, days: 1 }, { every: EVERY });
  const trade = data?.orders[0];
  if (!trade) return null;
  return (
    <a className="box m-row m-confirm" href={`#/money/order/${trade.trade_no}`}>
      <span role="status">
        {w.confirm}
        <br />
        <bdi>{trade.subject}</bdi>
      </span>
      <RightOutline aria-hidden />
    </a>
  );
}
