// A card that one has just got: it turns over, and gold falls.
import { useEffect, useRef, type ReactNode } from "react";
import { defineWords } from "../../kit";
import { Blessing } from "./Blessing";

const useWords = defineWords({ got: { zh: "得到一张{name}", en: "You got {name}" } });

interface Props {
  name: string;
  wild?: boolean;
  children?: ReactNode; // what can be done now
}

export function Reveal({ name, wild, children }: Props) {
  const w = useWords();
  const said = useRef<HTMLParagraphElement>(null);
  useEffect(() => said.current?.focus(), []);
  return (
    <section className="reveal">
      <Confetti />
      <div className="reveal-card">
        <span className="reveal-back" aria-hidden>
          福
        </span>
        <Blessing name={name} wild={wild} size="large" />
      </div>
      <p ref={said} tabIndex={-1} role="status" className="reveal-said">
        {w("got", { name })}
      </p>
      <div className="reveal-next">{children}</div>
    </section>
  );
}

const PIECES = Array.from({ length: 18 }, (_, at) => at);

export function Confetti() {
  return (
    <span className="confetti" aria-hidden>
      {PIECES.map((at) => (
        <i key={at} style={{ left: `${(at * 37) % 100}%`, animationDelay: `${(at % 6) * 0.11}s` }} />
      ))}
    </span>
  );
}
