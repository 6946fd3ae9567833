// Papers: a month's bills as a PDF; that of a single bill is on its own page.
import { DownlandOutline, RightOutline } from "antd-mobile-icons";
import { defineWords, download, Problem, useAct, useLanguage } from "../../kit";
import { Page } from "../shell/Page";
import { bytes } from "./bytes";
import { monthName, useMonths } from "./Month";
import "./money.css";

const useWords = defineWords({
  title: { zh: "回单与证明", en: "Receipts" },
  one: { zh: "单笔账单的回单", en: "The receipt of a single bill" },
  oneWhy: { zh: "打开账单，点“下载电子回单”", en: "Open the bill, and download it there" },
  months: { zh: "按月的账单证明（PDF）", en: "All bills of a month (PDF)" },
  get: { zh: "下载{month}的账单", en: "Download the bills of {month}" },
});

const MONTHS = 12;

export default function Receipts() {
  const w = useWords();
  const language = useLanguage();
  const { act, problem, acting } = useAct("kaifang.wallet.bill.statement");
  const get = async (month: string) => {
    const paper = await act({ month });
    if (paper) download(paper.name, bytes(paper.content), "application/pdf");
  };
  return (
    <Page title={w.title} back="/money">
      <a className="box m-row" href="#/money/bills">
        <span>
          {w.one}
          <br />
          <small className="quiet">{w.oneWhy}</small>
        </span>
        <RightOutline aria-hidden />
      </a>
      {problem && <Problem problem={problem} />}
      <section className="box">
        <h2 className="m-heading">{w.months}</h2>
        <ul className="m-list">
          {useMonths(MONTHS).map((month) => (
            <li key={month}>
              <button
                type="button"
                className="m-row m-plain"
                disabled={acting}
                aria-label={w("get", { month: monthName(month, language) })}
                onClick={() => void get(month)}
              >
                <span>{monthName(month, language)}</span>
                <DownlandOutline aria-hidden />
              </button>
            </li>
          ))}
        </ul>
      </section>
    </Page>
  );
}
