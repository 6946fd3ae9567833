// A bank card by its bank, its kind and its last digits.
import { defineWords, type Answer } from "../../kit";

const useWords = defineWords({
  DEBIT: { zh: "{bank} 储蓄卡", en: "{bank} debit card" },
  CREDIT: { zh: "{bank} 信用卡", en: "{bank} credit card" },
  tail: { zh: "尾号 {tail}", en: "ending in {tail}" },
});

export function CardName({ card }: { card: Answer<"kaifang.fund.card.list">["cards"][number] }) {
  const w = useWords();
  return (
    <span>
      {w(card.kind === "CREDIT" ? "CREDIT" : "DEBIT", { bank: card.bank_name })}
      <small>{w("tail", { tail: card.tail })}</small>
    </span>
  );
}
