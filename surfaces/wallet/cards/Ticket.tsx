// A voucher as a ticket: what it is worth to the left, what it is to the right.
import type { ReactNode } from "react";
import { worth, type Deduct } from "./rules";

interface Props {
  title: string;
  merchant: string;
  deduct: Deduct | undefined;
  face?: string;
  price?: string; // of one that is sold: what stands in place of its worth
  faded?: boolean;
  href: string;
  children?: ReactNode; // until when, and what else is to be said
  action?: ReactNode;
}

export function Ticket({ title, merchant, deduct, face, price, faded, href, children, action }: Props) {
  const { big, small } = worth(deduct, face);
  return (
    <article className={faded ? "ticket ticket-faded" : "ticket"}>
      <a className="ticket-link" href={href}>
        <span className="ticket-worth">
          <strong>{price ?? big}</strong>
          {!price && small.map((line) => <small key={line}>{line}</small>)}
        </span>
        <span className="ticket-what">
          <strong>{title}</strong>
          <small>{merchant}</small>
          {children}
        </span>
      </a>
      {action && <span className="ticket-action">{action}</span>}
    </article>
  );
}
