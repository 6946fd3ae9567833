// A list out of nothing but the name of its method.
import { Drawer, Grid, Skeleton, Table, Tooltip } from "antd";
import { useMemo, useState, type ReactNode } from "react";
import { Empty, Problem, useLanguage, type Happened, type MethodName } from "../../../kit";
import { remember, remembered } from "../../../kit/store";
import { useAppLive, type Who } from "../app";
import { DetailOf } from "../Detail";
import { useGo } from "../go";
import { useApi, useMethod } from "../schema";
import { Cards, Opening, shown as cellOf } from "./Cards";
import { columnsOf, firstShown, type Columns, type MadeColumn } from "./columns";
import { Export } from "./Export";
import { Filters, type FiltersTold } from "./Filters";
import { Pager } from "./Pager";
import { useKept } from "./kept";
import { listShape, type Ask, type Row } from "./shape";
import { Tools } from "./Tools";
import { MOST, useRows, type Sorting } from "./useRows";
import { useListWords } from "./words";

export interface ListProps {
  method: MethodName;
  ask?: Ask; // fixed members of the request
  as?: Who; // as the person for methods of the wallet, else as the app
  rows?: string;
  id?: string;
  columns?: Columns;
  order?: string[];
  shows?: string[];
  filters?: FiltersTold;
  initial?: Ask;
  actions?: (row: any, again: () => void) => ReactNode; // eslint-disable-line @typescript-eslint/no-explicit-any
  to?: (row: any) => string; // eslint-disable-line @typescript-eslint/no-explicit-any
  onOpen?: (row: any) => void; // eslint-disable-line @typescript-eslint/no-explicit-any
  detail?: boolean | ((row: any) => ReactNode); // eslint-disable-line @typescript-eslint/no-explicit-any
  top?: ReactNode;
  empty?: ReactNode;
  live?: string[];
  name?: string;
  cursor?: { send: string; take: (last: any) => unknown }; // eslint-disable-line @typescript-eslint/no-explicit-any
}

const NONE: Ask = {};

export function DerivedList(props: ListProps) {
  const { method, ask: fixed = NONE, initial = NONE } = props;
  const { schemas } = useApi();
  const info = useMethod(method);
  const as = props.as ?? (info.who === "wallet" ? "person" : "app");
  const shape = useMemo(
    () => listShape(info, schemas, { rows: props.rows, id: props.id, cursor: props.cursor }),
    [info, schemas, props.rows, props.id], // eslint-disable-line react-hooks/exhaustive-deps
  );
  const columns = columnsOf(shape, schemas, props.columns, props.order);
  const kept = `${method} ${JSON.stringify(fixed)}`;
  const [filter, setFilter] = useKept(`${kept} filter`, initial);
  const [sorting, setSorting] = useKept<Sorting | undefined>(`${kept} sorting`, undefined);
  const [search, setSearch] = useKept(`${kept} search`, "");
  const [shown, show] = useShown(method, columns, props.shows);
  const [opened, setOpened] = useState<Row>();
  const ask = { ...filter, ...fixed };
  const rows = useRows(method, shape, ask, as, { sorting, search });
  useAgainWhen(props.live, rows.again);

  const chosen = shown.flatMap((name) => columns.filter((column) => column.name === name));
  const go = useGo();
  const { to } = props;
  const open = to ? (row: Row) => go(to(row)) : (props.onOpen ?? (props.detail ? setOpened : undefined));
  const filters = shape.filters.filter(([name]) => !(name in fixed));
  return (
    <section className="c-list">
      <div className="c-over">
        {props.top && <div className="c-top">{props.top}</div>}
        <Filters filters={filters} told={props.filters} value={filter} onChange={setFilter} />
        <Tools {...{ columns, shown, search }} onShow={show} onSearch={setSearch} onAgain={rows.again}>
          <Export {...{ method, shape, ask, as, columns }} name={props.name ?? shape.rows} />
        </Tools>
      </div>
      <Note reading={rows.reading} cut={rows.cut} />
      <Body
        {...{ rows, shape, sorting, open, to }}
        columns={chosen}
        onSort={setSorting}
        empty={props.empty}
        narrowed={search !== "" || Object.keys(filter).length > 0}
        actions={props.actions && ((row) => props.actions!(row, rows.again))}
      />
      <Pager rows={rows} most={shape.most} />
      <Opened
        row={opened}
        close={() => setOpened(undefined)}
        detail={props.detail}
        schema={shape.row}
        columns={props.columns}
      />
    </section>
  );
}

function useAgainWhen(names: string[] = [], again: () => void): void {
  useAppLive(names, (_: Happened) => names.length && again());
}

/** Which columns are shown; a choice is remembered in this browser. */
function useShown(
  method: string,
  columns: MadeColumn[],
  shows?: string[],
): [string[], (names: string[] | null) => void] {
  const key = `columns-${method}`;
  const [chosen, setChosen] = useState<string[] | null>(() => JSON.parse(remembered(key) ?? "null"));
  const choose = (names: string[] | null) => {
    remember(key, JSON.stringify(names));
    setChosen(names);
  };
  const names = chosen ?? firstShown(columns, shows);
  return [columns.map((column) => column.name).filter((name) => names.includes(name)), choose];
}

function Note({ reading, cut }: { reading?: number; cut?: boolean }) {
  const w = useListWords();
  if (reading !== undefined && reading > 0)
    return (
      <p className="c-quiet" role="status">
        {w("readAll", { count: reading })}
      </p>
    );
  return cut ? (
    <p className="c-quiet" role="status">
      {w("among", { count: MOST })}
    </p>
  ) : null;
}

interface BodyProps {
  rows: ReturnType<typeof useRows>;
  shape: ReturnType<typeof listShape>;
  columns: MadeColumn[];
  sorting?: Sorting;
  onSort: (sorting?: Sorting) => void;
  open?: (row: Row) => void;
  to?: (row: Row) => string;
  actions?: (row: Row) => ReactNode;
  empty?: ReactNode;
  narrowed: boolean;
}

function Body(props: BodyProps) {
  const { rows, empty, narrowed } = props;
  const w = useListWords();
  const wide = Grid.useBreakpoint().md ?? true;
  if (rows.problem) return <Problem problem={rows.problem} again={rows.again} />;
  if (rows.loading) return <Skeleton active paragraph={{ rows: 6 }} title={false} />;
  if (!rows.rows.length && rows.page === 1)
    return narrowed ? <Empty>{w.noMatch}</Empty> : <Empty>{empty ?? w.empty}</Empty>;
  if (!wide) return <Cards {...props} rows={rows.rows} id={props.shape.id} />;
  return <Wide {...props} />;
}

function Wide({ rows, shape, columns, sorting, onSort, open, to, actions }: BodyProps) {
  const language = useLanguage();
  const w = useListWords();
  const made = columns.map((column, at) => ({
    key: column.name,
    dataIndex: column.name,
    width: column.width,
    align: isAmount(column) ? ("end" as const) : undefined,
    title: <Tooltip title={column.note}>{column.title[language]}</Tooltip>,
    sorter: !column.name.startsWith("+"),
    sortOrder: sorting?.by === column.name ? (sorting.down ? ("descend" as const) : ("ascend" as const)) : null,
    render: (_: unknown, row: Row) => (at === 0 ? <Opening {...{ row, open, to, column }} /> : cellOf(column, row)),
  }));
  const last = {
    key: "actions",
    title: w.actions,
    fixed: "right" as const,
    render: (_: unknown, row: Row) => (
      <div className="c-actions" onClick={(event) => event.stopPropagation()}>
        {actions!(row)}
      </div>
    ),
  };
  return (
    <Table<Row>
      size="middle"
      rowKey={(row) => String(row[shape.id] ?? JSON.stringify(row))}
      dataSource={rows.rows}
      columns={actions ? [...made, last] : made}
      pagination={false}
      scroll={{ x: "max-content" }}
      onRow={open && ((row) => ({ className: "c-opens", onClick: () => open(row) }))}
      onChange={(_page, _filters, sorter) => {
        const { columnKey, order } = Array.isArray(sorter) ? sorter[0]! : sorter;
        onSort(order ? { by: String(columnKey), down: order === "descend" } : undefined);
      }}
    />
  );
}

const isAmount = ({ schema: { format, type } }: MadeColumn): boolean =>
  format === "money" || format === "amount" || type === "integer";

interface OpenedProps {
  row?: Row;
  close: () => void;
  detail: ListProps["detail"];
  schema: Parameters<typeof DetailOf>[0]["schema"];
  columns?: Columns;
}

function Opened({ row, close, detail, schema, columns }: OpenedProps) {
  const w = useListWords();
  const inside =
    row && (typeof detail === "function" ? detail(row) : <DetailOf data={row} schema={schema} columns={columns} />);
  return (
    <Drawer open={Boolean(row)} onClose={close} title={w.detail} size={560} destroyOnHidden>
      {inside}
    </Drawer>
  );
}
