// How long it is still.
import { useEffect } from "react";
import { defineWords } from "../../kit";
import { ms, until, useNow } from "./clock";

const useWords = defineWords({
  days: { zh: "天", en: "d" },
  hours: { zh: "时", en: "h" },
  minutes: { zh: "分", en: "m" },
  seconds: { zh: "秒", en: "s" },
});
const UNITS = ["days", "hours", "minutes", "seconds"] as const;

export function Countdown({ to, label, over }: { to: string; label: string; over(): void }) {
  const w = useWords();
  const now = useNow();
  const left = now === undefined ? undefined : until(ms(to), now);
  const isOver = now !== undefined && !left;
  useEffect(() => {
    if (isOver) over();
  }, [isOver]);
  const parts = left ?? [0, 0, 0, 0];
  return (
    <div className="countdown" role="timer" aria-label={label} aria-busy={now === undefined}>
      <span>{label}</span>
      <span className="countdown-time">
        {UNITS.map((unit, at) => (
          <span key={unit}>
            <b>{now === undefined ? "–" : String(parts[at]).padStart(2, "0")}</b>
            {w[unit]}
          </span>
        ))}
      </span>
    </div>
  );
}
