// Everywhere, or near here: the place is told by whoever wants to be found.
import { defineWords } from "../../kit";
import { PlaceButton } from "../shell/place";
import type { Where } from "./here";

const useWords = defineWords({
  choose: { zh: "范围", en: "Where" },
  all: { zh: "全部", en: "Everywhere" },
  near: { zh: "附近", en: "Near me" },
});

export function NearMe({ where }: { where: Where }) {
  const w = useWords();
  return (
    <div className="near" role="group" aria-label={w.choose}>
      <button type="button" aria-pressed={!where.near} onClick={() => where.choose(false)}>
        {w.all}
      </button>
      <button type="button" aria-pressed={where.near} onClick={() => where.choose(true)}>
        {w.near}
      </button>
      {where.near && <PlaceButton />}
    </div>
  );
}
