// A page: what it is called, what it is for, and what one can do there.
import { Card, Skeleton } from "antd";
import type { ReactNode } from "react";
import { Empty, Problem } from "../../kit";

interface Props {
  title: ReactNode;
  lead?: ReactNode; // one sentence
  extra?: ReactNode; // buttons
  children: ReactNode;
}

export function Sheet({ title, lead, extra, children }: Props) {
  return (
    <article className="c-sheet">
      <header>
        <div>
          <h1>{title}</h1>
          {lead && <p className="c-quiet">{lead}</p>}
        </div>
        {extra && <div className="c-actions">{extra}</div>}
      </header>
      {children}
    </article>
  );
}

/** A part of a page, with a heading of its own. */
export function Part({ title, extra, children }: { title?: ReactNode; extra?: ReactNode; children: ReactNode }) {
  return (
    <Card className="c-part" title={title && <h2>{title}</h2>} extra={extra}>
      {children}
    </Card>
  );
}

interface Asked<T> {
  data: T | undefined;
  problem: Error | null;
  loading: boolean;
  again(): unknown;
}

/** The four states around what is drawn by hand; `none` says whether there is nothing to draw. */
export function Asked<T>({
  of,
  empty,
  none,
  children,
}: {
  of: Asked<T>;
  empty?: ReactNode;
  none?: (data: T) => boolean;
  children: (data: T) => ReactNode;
}) {
  if (of.problem) return <Problem problem={of.problem} again={of.again} />;
  if (of.data === undefined) return <Skeleton active paragraph={{ rows: 4 }} />;
  if (empty && none?.(of.data)) return <Empty>{empty}</Empty>;
  return <>{children(of.data)}</>;
}

/** One big number. */
export function Figure({
  title,
  value,
  note,
  trend,
}: {
  title: ReactNode;
  value: ReactNode;
  note?: ReactNode;
  trend?: "up" | "down";
}) {
  return (
    <Card className="c-figure" size="small">
      <dl>
        <dt>{title}</dt>
        <dd className={trend && `c-${trend}`}>{value}</dd>
      </dl>
      {note && <p className="c-quiet">{note}</p>}
    </Card>
  );
}
