// How a list is made: read from what its method asks and answers.
import { kindOf, type MethodInfo, type Schema } from "../schema";

export type Row = Record<string, any>; // eslint-disable-line @typescript-eslint/no-explicit-any
export type Ask = Record<string, unknown>;

export type Paging =
  | { style: "pages"; sized: boolean } // page_num, and page_size if it may be chosen
  | { style: "after"; send: string; limit?: string; take: (last: Row) => unknown } // behind the last row that was read
  | { style: "whole" }; // everything at once

export interface ListShape {
  rows: string; // the member of the answer
  row: Schema; // what each is
  id: string; // the member by which rows are told apart
  total?: string; // the member that counts the rows of all pages
  most: number; // rows that one page may hold
  paging: Paging;
  filters: [string, Schema][];
}

const OF_PAGES = new Set(["page_num", "page_size", "limit", "before", "after", "page_no", "start_row", "query_token"]);
const TOTALS = ["total", "total_size", "total_count", "total_num", "count"];

export interface Told {
  rows?: string;
  id?: string;
  cursor?: { send: string; take: (last: Row) => unknown };
}

/** What the schema says of a list; what a page tells comes first. */
export function listShape(info: MethodInfo, schemas: Record<string, Schema>, told: Told = {}): ListShape {
  const answer = info.answers[0] ?? {};
  const members = Object.entries(answer.properties ?? {}).map(([name, one]) => [name, kindOf(one, schemas)] as const);
  const arrays = members.filter(([, one]) => one.type === "array" && rowOf(one, schemas).properties);
  const rows = told.rows ?? arrays[0]?.[0];
  if (!rows) throw new Error(`${info.name} answers no list`);
  const row = rowOf(Object.fromEntries(members)[rows] ?? {}, schemas);
  const id = told.id ?? idOf(row);
  const asked = Object.entries(info.ask.properties ?? {});
  const filters = asked
    .filter(([name]) => !OF_PAGES.has(name))
    .map(([name, one]) => [name, kindOf(one, schemas)] as [string, Schema]);
  const total = TOTALS.find((name) => members.some(([member]) => member === name));
  const paging = told.cursor ? byCursor(info, told.cursor) : pagingOf(info, id);
  return { rows, row, id, total, most: mostOf(info, schemas), paging, filters };
}

const rowOf = (list: Schema, schemas: Record<string, Schema>): Schema => kindOf(list.items ?? {}, schemas);

/** Required members that end like numbers of things; the first of them. */
export function idOf(row: Schema): string {
  const required = row.required ?? [];
  const names = [...required, ...Object.keys(row.properties ?? {})];
  return names.find((name) => /(^|_)(id|no|sn|trace|number)$/.test(name)) ?? names[0] ?? "";
}

function mostOf(info: MethodInfo, schemas: Record<string, Schema>): number {
  const size = info.ask.properties?.page_size ?? info.ask.properties?.limit;
  return Math.min(100, (size && kindOf(size, schemas).maximum) ?? 100);
}

function pagingOf(info: MethodInfo, id: string): Paging {
  const asked = info.ask.properties ?? {};
  if (asked.page_num) return { style: "pages", sized: Boolean(asked.page_size) };
  const send = ["before", "after"].find((name) => asked[name]);
  return send ? byCursor(info, { send, take: (last) => last[id] }) : { style: "whole" };
}

function byCursor(info: MethodInfo, cursor: { send: string; take: (last: Row) => unknown }): Paging {
  return { style: "after", ...cursor, ...(info.ask.properties?.limit ? { limit: "limit" } : {}) };
}

/** The request for a page; `last` is the last row of the page before. */
export function askFor(shape: ListShape, ask: Ask, page: number, size: number, last?: Row): Ask {
  const { paging } = shape;
  if (paging.style === "pages") return { ...ask, page_num: page, ...(paging.sized ? { page_size: size } : {}) };
  if (paging.style === "whole") return ask;
  const limit = paging.limit ? { [paging.limit]: size } : {};
  return { ...ask, ...limit, ...(last ? { [paging.send]: paging.take(last) } : {}) };
}

/** Whether there may be a page after this one. */
export function mayHaveMore(shape: ListShape, answer: Row, page: number, size: number): boolean {
  const found: Row[] = answer[shape.rows] ?? [];
  const { paging } = shape;
  if (paging.style === "whole" || !found.length) return false;
  if (paging.style === "pages" && !paging.sized) return true;
  if (shape.total && paging.style === "pages") return page * size < Number(answer[shape.total]);
  if (typeof answer.more === "boolean") return answer.more;
  return found.length >= size;
}
