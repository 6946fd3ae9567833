// A month's picture by itself, with the months before and after, and the way to its bills.
import { LeftOutline, RightOutline } from "antd-mobile-icons";
import type { ReactNode } from "react";
import { defineWords, useLanguage } from "../../kit";
import { Page } from "../shell/Page";
import { Month, monthName, useMonths } from "./Month";
import "./money.css";

const useWords = defineWords({
  title: { zh: "月账单", en: "My month" },
  earlier: { zh: "上一个月", en: "The month before" },
  later: { zh: "下一个月", en: "The month after" },
  bills: { zh: "这个月的账单", en: "Bills of this month" },
});

const MONTHS = 24; // months that can be looked at

export default function MonthPage({ params }: { params: Record<string, string> }) {
  const w = useWords();
  const language = useLanguage();
  const months = useMonths(MONTHS);
  const place = Math.max(months.indexOf(params.month), 0);
  const month = months[place];
  return (
    <Page title={w.title} back="/money">
      <nav className="m-step">
        <Step to={months[place + 1]} label={w.earlier}>
          <LeftOutline aria-hidden />
        </Step>
        <h2>{month && monthName(month, language)}</h2>
        <Step to={months[place - 1]} label={w.later}>
          <RightOutline aria-hidden />
        </Step>
      </nav>
      <Month month={month} />
      <a className="box m-row" href={`#/money/bills/month=${month}`}>
        <span>{w.bills}</span>
        <RightOutline aria-hidden />
      </a>
    </Page>
  );
}

function Step({ to, label, children }: { to?: string; label: string; children: ReactNode }) {
  if (!to) return <span />;
  return (
    <a className="m-top-link" href={`#/money/month/${to}`} aria-label={label}>
      {children}
    </a>
  );
}
