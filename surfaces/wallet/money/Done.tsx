// It is done: a sign, how much, and where to go from here.
import type { ReactNode } from "react";
import { yuan } from "../../kit";

interface Props {
  title: string;
  amount?: string;
  still?: boolean; // nothing was done
  children?: ReactNode;
}

export function Done({ title, amount, still, children }: Props) {
  return (
    <section className="box m-end" role="status">
      <svg className={still ? "m-sign still" : "m-sign"} viewBox="0 0 48 48" width="56" height="56" aria-hidden>
        <circle cx="24" cy="24" r="22" />
        <path d={still ? "M15 24h18" : "M14 25l7 7 14-15"} />
      </svg>
      <h2>{title}</h2>
      {amount && <p className="m-amount">{yuan(amount)}</p>}
      {children}
    </section>
  );
}
