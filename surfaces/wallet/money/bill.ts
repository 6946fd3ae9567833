// What bills are called.
import { defineWords, type Answer } from "../../kit";

export type Bill = Answer<"kaifang.wallet.bills">["bills"][number];

export const useKinds = defineWords({
  SHOPPING: { zh: "消费", en: "Shopping" },
  DEPOSIT: { zh: "押金", en: "Deposit" },
  TRANSFER: { zh: "转账", en: "Transfer" },
  REDPACKET: { zh: "红包", en: "Red packet" },
  TOPUP: { zh: "充值", en: "Top-up" },
  WITHDRAW: { zh: "提现", en: "Withdrawal" },
  OTHER: { zh: "其他", en: "Other" },
});

export const useStates = defineWords({
  DONE: { zh: "已完成", en: "Done" },
  DEALING: { zh: "处理中", en: "With the bank" },
  RETURNED: { zh: "已退回", en: "Came back" },
  PART_REFUNDED: { zh: "部分退款", en: "Partly refunded" },
  REFUNDED: { zh: "已全额退款", en: "Refunded" },
});

export const KINDS = ["SHOPPING", "DEPOSIT", "TRANSFER", "REDPACKET", "TOPUP", "WITHDRAW", "OTHER"] as const;
export const STATES = ["DONE", "DEALING", "RETURNED", "PART_REFUNDED", "REFUNDED"] as const;
export type Kind = (typeof KINDS)[number];
export type State = (typeof STATES)[number];
