// What a till reads of a card; a code that is good for a short while is made anew while the page is open.
import { useCallback, useEffect, useState } from "react";
import { defineWords, Problem, useAct, useLive, type Answer } from "../../kit";
import { BarCode, QrCode } from "../../kit/Code";

const useWords = defineWords({
  show: { zh: "向店员出示", en: "Show this at the till" },
  code: { zh: "会员码 {text}", en: "Member code {text}" },
  renewed: { zh: "每2分钟自动更新", en: "Renewed every 2 minutes" },
  none: { zh: "报手机号或姓名即可", en: "Your name or number is enough here" },
  waiting: { zh: "正在向商家取码…", en: "Asking the merchant for a code…" },
});

const RENEW = 100_000; // milliseconds: before two minutes are over

export function ShownCode({ card }: { card: string }) {
  const w = useWords();
  const { act, problem } = useAct("kaifang.card.show");
  const [shown, setShown] = useState<Answer<"kaifang.card.show">>();
  const renew = useCallback(async () => {
    const answer = await act({ card });
    if (answer) setShown(answer);
  }, [card]);
  useEffect(() => {
    void renew();
  }, [renew]);
  useEffect(() => {
    if (!shown?.until) return;
    const timer = setInterval(() => void renew(), RENEW);
    return () => clearInterval(timer);
  }, [renew, shown?.until]);
  useLive(["membercard.update"], () => void renew());
  if (problem) return <Problem problem={problem} again={renew} />;
  if (!shown) return <div className="code-box" aria-busy="true" />;
  if (shown.kind === "none") return <p className="code-box quiet">{w.none}</p>;
  if (!shown.shown) return <p className="code-box quiet">{w.waiting}</p>;
  const label = w("code", { text: shown.shown });
  return (
    <figure className="code-box">
      {shown.kind.endsWith("barcode") && <BarCode text={shown.shown} label={label} />}
      <QrCode text={shown.shown} label={label} />
      <figcaption>
        <span className="code-text">{shown.shown}</span>
        {w.show}
        {shown.until && ` · ${w.renewed}`}
      </figcaption>
    </figure>
  );
}
