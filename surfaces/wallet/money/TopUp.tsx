// From a bank card to the balance.
import { defineWords } from "../../kit";
import { Across } from "./Across";

const useWords = defineWords({
  title: { zh: "余额充值", en: "Top up" },
  from: { zh: "从这张卡", en: "From this card" },
  act: { zh: "充值", en: "Top up" },
  done: { zh: "充值成功", en: "Topped up" },
});

export default function TopUp() {
  return <Across method="kaifang.wallet.topup" words={useWords()} debitOnly />;
}
