// One of the cards: the character that its name begins with, on red; as an outline where one has none.
interface Props {
  name: string; // 敬业福
  count?: number; // how many there are; a card alone, if left out
  wild?: boolean;
  size?: "small" | "large";
}

export function Blessing({ name, count, wild, size }: Props) {
  const lacking = count === 0;
  return (
    <span className={["fu", lacking && "fu-none", wild && "fu-wild", size && `fu-${size}`].filter(Boolean).join(" ")}>
      <span className="fu-letter" aria-hidden>
        {[...name][0]}
      </span>
      <span className="fu-name">{name}</span>
      {count !== undefined && <span className={count ? "fu-count" : "k-unseen"}>×{count}</span>}
    </span>
  );
}
