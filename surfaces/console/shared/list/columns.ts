// The columns of a list: those of the schema, changed where a page knows better.
import type { ReactNode } from "react";
import type { Said } from "../../../kit/words";
import { kindOf, type Schema } from "../schema";
import { fieldTitle } from "../titles";
import type { ListShape, Row } from "./shape";

export interface Column {
  title: Said;
  note?: string;
  render?: (value: any, row: Row) => ReactNode; // eslint-disable-line @typescript-eslint/no-explicit-any
  csv?: (value: any, row: Row) => string; // eslint-disable-line @typescript-eslint/no-explicit-any
  width?: number;
}

export interface MadeColumn extends Column {
  name: string;
  schema: Schema;
}

export type Columns = Record<string, Partial<Column> | false>;

export function columnsOf(
  shape: ListShape,
  schemas: Record<string, Schema>,
  told: Columns = {},
  order: string[] = [],
): MadeColumn[] {
  const derived = Object.entries(shape.row.properties ?? {}).map(
    ([name, one]) => [name, kindOf(one, schemas)] as const,
  );
  const made = Object.keys(told).filter((name) => !shape.row.properties?.[name]);
  const all = [...derived, ...made.map((name) => [name, {} as Schema] as const)].flatMap(([name, schema]) => {
    const own = told[name];
    if (own === false) return [];
    return [{ name, schema, title: fieldTitle(name), note: schema.description, ...own }];
  });
  const place = (name: string) => (order.includes(name) ? order.indexOf(name) : order.length);
  return all.sort((a, b) => place(a.name) - place(b.name)); // sorting is stable: the rest keeps its order
}

const FIRST = 7; // columns that are shown until somebody chooses

/** Those shown at first: few, and such as fit into a cell. */
export function firstShown(columns: MadeColumn[], shows?: string[]): string[] {
  if (shows) return shows;
  return columns
    .filter(({ name, schema, render }) => render || name.startsWith("+") || fits(schema))
    .slice(0, FIRST)
    .map((one) => one.name);
}

const fits = ({ type, properties, items }: Schema): boolean =>
  !properties && type !== "object" && (type !== "array" || !items?.$ref);
