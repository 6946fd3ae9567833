// Every row of a list, page after page: for sorting, searching and files.
import { askFor, mayHaveMore, type Ask, type ListShape, type Row } from "./shape";

export interface Every {
  rows: Row[];
  whole: boolean; // false: there are more than were wanted
}

/** Read pages until there are no more, `most` are there, or it is stopped; `told` hears how many so far. */
export async function everyRow(
  shape: ListShape,
  ask: Ask,
  call: (ask: Ask) => Promise<Row>,
  { most = Infinity, told, signal }: { most?: number; told?: (count: number) => void; signal?: AbortSignal } = {},
): Promise<Every> {
  const rows: Row[] = [];
  for (let page = 1; ; page++) {
    signal?.throwIfAborted();
    const answer = await call(askFor(shape, ask, page, shape.most, rows.at(-1)));
    const fresh = unseen(shape, rows, answer[shape.rows] ?? []);
    rows.push(...fresh);
    told?.(rows.length);
    const more = fresh.length > 0 && mayHaveMore(shape, answer, page, shape.most);
    if (!more || rows.length >= most) return { rows, whole: !more };
  }
}

/** Rows move down while pages are read, when new ones come: none is told twice. */
function unseen(shape: ListShape, rows: Row[], fresh: Row[]): Row[] {
  const known = new Set(rows.slice(-2 * shape.most).map((row) => row[shape.id]));
  return fresh.filter((row) => row[shape.id] === undefined || !known.has(row[shape.id]));
}
