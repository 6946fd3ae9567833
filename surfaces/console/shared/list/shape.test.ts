import { expect, test } from "vitest";
import type { MethodInfo, Schema } from "../schema";
import { everyRow } from "./every";
import { askFor, listShape } from "./shape";

const ROW: Schema = {
  type: "object",
  properties: { name: { type: "string" }, thing_id: { type: "string" } },
  required: ["name", "thing_id"],
};
const method = (ask: Schema["properties"], answer: Schema["properties"] = {}): MethodInfo =>
  ({
    name: "some.list",
    ask: { properties: ask },
    answers: [{ properties: { things: { type: "array", items: { $ref: "#/components/schemas/Row" } }, ...answer } }],
  }) as unknown as MethodInfo;
const SCHEMAS = { Row: ROW };
const NUMBER = { type: "integer", maximum: 100 };

/** Eleven things behind a method that pages as it is asked to. */
async function read(
  shape: ReturnType<typeof listShape>,
  page: (ask: Record<string, any>, all: string[]) => string[],
  total = false,
) {
  const all = Array.from({ length: 11 }, (_, at) => `t${at + 10}`);
  const call = async (ask: Record<string, unknown>) => ({
    things: page(ask, all).map((thing_id) => ({ thing_id, name: "x" })),
    ...(total ? { total: 11 } : {}),
  });
  const every = await everyRow({ ...shape, most: 4 }, {}, call);
  return every.rows.map((row) => row.thing_id);
}

const numbered = (ask: Record<string, any>, all: string[]) =>
  all.slice((ask.page_num - 1) * ask.page_size, ask.page_num * ask.page_size);
const behind = (ask: Record<string, any>, all: string[]) =>
  all.filter((one) => !ask.after || one > ask.after).slice(0, ask.limit);

test("the list, its rows' number and its filters come from the schema", () => {
  const shape = listShape(method({ state: { type: "string" }, page_num: NUMBER, page_size: NUMBER }), SCHEMAS);
  expect([shape.rows, shape.id, shape.filters.map(([name]) => name)]).toEqual(["things", "thing_id", ["state"]]);
});

test("every page is read, whichever way a method pages", async () => {
  const pages = listShape(method({ page_num: NUMBER, page_size: NUMBER }), SCHEMAS);
  expect((await read(pages, numbered)).length).toBe(11);
  const counted = listShape(method({ page_num: NUMBER, page_size: NUMBER }, { total: NUMBER }), SCHEMAS);
  expect((await read(counted, numbered, true)).length).toBe(11);
  const cursor = listShape(method({ after: { type: "string" }, limit: NUMBER }), SCHEMAS);
  expect((await read(cursor, behind)).length).toBe(11);
  expect((await read(listShape(method({}), SCHEMAS), (_, all) => all)).length).toBe(11);
});

test("a row that moved to the next page is told once", async () => {
  const pages = listShape(method({ page_num: NUMBER, page_size: NUMBER }), SCHEMAS);
  const moving = (ask: Record<string, any>, all: string[]) => numbered(ask, ask.page_num > 1 ? ["new", ...all] : all);
  const found = await read(pages, moving);
  expect(new Set(found).size).toBe(found.length);
});

test("a page says what it sends and what it takes, where the schema does not", () => {
  const told = { cursor: { send: "before", take: (last: any) => last.name } };
  const shape = listShape(method({ before: { type: "string" } }), SCHEMAS, told);
  expect(askFor(shape, { a: 1 }, 2, 20, { name: "last", thing_id: "9" })).toEqual({ a: 1, before: "last" });
});
