// Everywhere, or near here: asked for by whoever wants to be found.
import { defineWords } from "../../kit";
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
      <button type="button" aria-pressed={!where.here} onClick={where.forget}>
        {w.all}
      </button>
      <button type="button" aria-pressed={Boolean(where.here)} aria-busy={where.looking} onClick={where.look}>
        {w.near}
      </button>
      {where.problem && <p role="alert">{where.problem}</p>}
    </div>
  );
}
