// From the balance to a bank card.
import { defineWords } from "../../kit";
import { Across } from "./Across";

const useWords = defineWords({
  title: { zh: "余额提现", en: "Withdraw" },
  from: { zh: "到这张卡", en: "To this card" },
  act: { zh: "提现", en: "Withdraw" },
  done: { zh: "提现成功", en: "Withdrawn" },
});

export default function Withdraw() {
  return <Across method="kaifang.wallet.withdraw" words={useWords()} all />;
}
