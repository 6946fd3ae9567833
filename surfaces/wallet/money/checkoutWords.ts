// What each kind of confirmation is called: before, on its button, and afterwards; as the server's own pages say it.
import { useLanguage } from "../../kit";

const SAID = {
  pay: {
    heading: { zh: "确认付款", en: "Confirm your payment" },
    act: { zh: "确认付款", en: "Pay" },
    done: { zh: "付款成功", en: "Paid" },
  },
  freeze: {
    heading: { zh: "确认冻结资金", en: "Confirm the deposit" },
    act: { zh: "确认冻结", en: "Set aside" },
    done: { zh: "冻结成功", en: "Set aside" },
  },
  sign: {
    heading: { zh: "确认签约", en: "Confirm the agreement" },
    act: { zh: "同意并签约", en: "Agree and sign" },
    done: { zh: "签约成功", en: "Agreed" },
  },
  transfer: {
    heading: { zh: "确认转账", en: "Confirm the transfer" },
    act: { zh: "确认转账", en: "Transfer" },
    done: { zh: "转账成功", en: "Transferred" },
  },
  redpacket: {
    heading: { zh: "确认发红包", en: "Confirm the red packet" },
    act: { zh: "发红包", en: "Send" },
    done: { zh: "红包已发出", en: "Sent" },
  },
  certify: {
    heading: { zh: "确认身份", en: "Confirm who you are" },
    act: { zh: "确认", en: "Confirm" },
    done: { zh: "已确认", en: "Confirmed" },
  },
  refund: {
    heading: { zh: "确认退款", en: "Confirm the refund" },
    act: { zh: "确认退款", en: "Refund" },
    done: { zh: "退款成功", en: "Refunded" },
  },
  other: {
    heading: { zh: "请确认", en: "Please confirm" },
    act: { zh: "确认", en: "Confirm" },
    done: { zh: "已确认", en: "Confirmed" },
  },
} as const;

export type CheckoutKind = keyof typeof SAID;

export function useHeadings(): (kind: CheckoutKind, what: "heading" | "act" | "done") => string {
  const language = useLanguage();
  return (kind, what) => (SAID[kind] ?? SAID.other)[what][language];
}
