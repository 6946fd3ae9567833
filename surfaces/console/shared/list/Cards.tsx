// The rows of a list on a phone: one card each, and how they are sorted above.
import { Card, Select } from "antd";
import type { ReactNode } from "react";
import { useLanguage } from "../../../kit";
import { Value } from "../cell";
import { Go } from "../go";
import type { MadeColumn } from "./columns";
import type { Row } from "./shape";
import type { Sorting } from "./useRows";
import { useListWords } from "./words";

interface Props {
  rows: Row[];
  columns: MadeColumn[];
  id: string;
  sorting?: Sorting;
  onSort: (sorting?: Sorting) => void;
  actions?: (row: Row) => ReactNode;
  open?: (row: Row) => void;
  to?: (row: Row) => string;
}

export function Cards({ rows, columns, id, sorting, onSort, actions, open, to }: Props) {
  const language = useLanguage();
  const w = useListWords();
  const [first, ...rest] = columns;
  if (!first) return null;
  const choices = columns.flatMap(({ name, title }) => [
    { value: `+${name}`, label: `${title[language]}, ${w.ascending}` },
    { value: `-${name}`, label: `${title[language]}, ${w.descending}` },
  ]);
  const chosen = sorting ? `${sorting.down ? "-" : "+"}${sorting.by}` : undefined;
  return (
    <>
      <Select
        className="c-sort"
        allowClear
        aria-label={w.sortBy}
        placeholder={w.unsorted}
        options={choices}
        value={chosen}
        onChange={(value?: string) => onSort(value ? { by: value.slice(1), down: value.startsWith("-") } : undefined)}
      />
      <ul className="c-cards">
        {rows.map((row, at) => (
          <li key={String(row[id] ?? at)}>
            <Card size="small" title={<Opening {...{ row, open, to }} column={first} />}>
              <dl>
                {rest.map((column) => (
                  <div key={column.name}>
                    <dt>{column.title[language]}</dt>
                    <dd>{shown(column, row)}</dd>
                  </div>
                ))}
              </dl>
              {actions && <div className="c-actions">{actions(row)}</div>}
            </Card>
          </li>
        ))}
      </ul>
    </>
  );
}

export function shown(column: MadeColumn, row: Row): ReactNode {
  const value: unknown = row[column.name];
  return column.render ? (
    column.render(value, row)
  ) : (
    <Value name={column.name} value={value} schema={column.schema} short />
  );
}

interface OpeningProps {
  row: Row;
  column: MadeColumn;
  open?: (row: Row) => void;
  to?: (row: Row) => string;
}

/** The first cell of a row; where a row opens, it is what opens it. */
export function Opening({ row, open, to, column }: OpeningProps) {
  const inside = shown(column, row);
  if (to) return <Go to={to(row)}>{inside}</Go>;
  if (!open) return inside;
  return (
    <button type="button" className="c-link" onClick={(event) => (event.stopPropagation(), open(row))}>
      {inside}
    </button>
  );
}
