// The rows that a list shows: a page as the platform pages, or, once somebody sorts or searches, out of all of them.
import { useEffect, useState } from "react";
import { useLanguage, type MethodName, Refusal } from "../../../kit";
import { appCall, useAppAsk, useAppIfAny, type Who } from "../app";
import { everyRow, type Every } from "./every";
import { askFor, mayHaveMore, type Ask, type ListShape, type Row } from "./shape";

export interface Sorting {
  by: string;
  down: boolean;
}

export interface Rows {
  rows: Row[];
  loading: boolean;
  problem: Error | null;
  again: () => void;
  page: number;
  size: number;
  more: boolean;
  total?: number;
  go(page: number): void;
  resize(size: number): void;
  reading?: number; // rows read so far, while all of them are being read
  cut?: boolean; // not all of them were read
}

export const MOST = 2000; // rows that are sorted and searched here; more are for filters

export function useRows(
  method: MethodName,
  shape: ListShape,
  ask: Ask,
  as: Who,
  local: { sorting?: Sorting; search: string },
): Rows {
  const [at, setAt] = useState<{ page: number; size: number; lasts: Row[] }>({
    page: 1,
    size: Math.min(20, shape.most),
    lasts: [],
  });
  const isLocal = shape.paging.style === "whole" || Boolean(local.sorting) || local.search !== "";
  const pageAsk = askFor(shape, ask, at.page, at.size, at.lasts[at.page - 2]);
  const one = useAppAsk(method, isLocal ? null : (pageAsk as never), { as, hold: true });
  const every = useEvery(method, shape, ask, as, isLocal);
  const key = JSON.stringify([ask, local]);
  useEffect(() => setAt((now) => ({ ...now, page: 1, lasts: [] })), [key]);

  const resize = (size: number) => setAt({ page: 1, size, lasts: [] });
  if (isLocal) {
    const found = arranged(every.rows ?? [], local);
    const rows = found.slice((at.page - 1) * at.size, at.page * at.size);
    const go = (page: number) => setAt((now) => ({ ...now, page }));
    const more = at.page * at.size < found.length;
    return { ...every, ...at, rows, more, total: found.length, go, resize };
  }
  const answer = (one.data ?? {}) as Row;
  const rows: Row[] = answer[shape.rows] ?? [];
  const go = (page: number) =>
    setAt((now) => ({ ...now, page, lasts: [...now.lasts.slice(0, page - 2), ...rows.slice(-1)] }));
  return {
    rows,
    ...at,
    go,
    resize,
    loading: one.loading,
    problem: one.problem,
    again: () => void one.again(),
    more: one.data !== undefined && mayHaveMore(shape, answer, at.page, at.size),
    total: shape.total && shape.paging.style === "pages" ? Number(answer[shape.total] ?? 0) : undefined,
  };
}

function useEvery(method: MethodName, shape: ListShape, ask: Ask, as: Who, wanted: boolean) {
  const [found, setFound] = useState<Partial<Every>>({});
  const [reading, setReading] = useState<number>();
  const [problem, setProblem] = useState<Error | null>(null);
  const [asked, setAsked] = useState(0);
  const key = JSON.stringify([method, ask, as, useAppIfAny()?.app_id, useLanguage()]);
  useEffect(() => {
    if (!wanted) return;
    const control = new AbortController();
    setReading(0);
    setProblem(null);
    everyRow(shape, ask, (page) => appCall(method, page as never, { as }) as Promise<Row>, {
      most: MOST,
      told: (count) => !control.signal.aborted && setReading(count),
      signal: control.signal,
    })
      .then((every) => !control.signal.aborted && setFound(every))
      .catch((refused: unknown) => !control.signal.aborted && setProblem(refused as Refusal))
      .finally(() => !control.signal.aborted && setReading(undefined));
    return () => control.abort();
  }, [key, wanted, asked]); // eslint-disable-line react-hooks/exhaustive-deps
  const again = () => setAsked((count) => count + 1);
  return {
    rows: found.rows,
    cut: found.whole === false,
    reading,
    problem,
    loading: reading !== undefined && !found.rows,
    again,
  };
}

/** The rows that hold the words, in the order that was asked for. */
export function arranged(rows: Row[], { sorting, search }: { sorting?: Sorting; search: string }): Row[] {
  const words = search.toLowerCase().split(/\s+/).filter(Boolean);
  const found = words.length ? rows.filter((row) => holds(row, words)) : [...rows];
  if (!sorting) return found;
  const sign = sorting.down ? -1 : 1;
  return found.sort((a, b) => sign * compare(a[sorting.by], b[sorting.by]));
}

function holds(row: Row, words: string[]): boolean {
  const text = JSON.stringify(Object.values(row)).toLowerCase();
  return words.every((word) => text.includes(word));
}

const order = new Intl.Collator("zh", { numeric: true });

/** Amounts and counts by size, all else as people order it; nothing comes first. */
function compare(a: unknown, b: unknown): number {
  const [left, right] = [a, b].map((one) => (one === undefined || one === null ? "" : String(one))) as [string, string];
  const numbers = [left, right].every((one) => /^-?\d{1,15}(\.\d+)?$/.test(one));
  return numbers ? Number(left) - Number(right) : order.compare(left, right);
}
