// One thing with all its members: as a method answers it, or as a row that is here already.
import { Descriptions, Skeleton, Table } from "antd";
import type { ReactNode } from "react";
import { Problem, useLanguage, type MethodName } from "../../kit";
import { useAppAsk, type Who } from "./app";
import { Value } from "./cell";
import type { Columns } from "./list/columns";
import type { Ask, Row } from "./list/shape";
import { kindOf, useApi, useMethod, type Schema } from "./schema";
import { fieldTitle } from "./titles";
import { Wide } from "./Wide";

interface Shown {
  only?: string[];
  hide?: string[];
  columns?: Columns;
}

interface Props extends Shown {
  method: MethodName;
  ask?: Ask | null;
  as?: Who;
  data?: Row; // what is here already: nothing is asked then
  path?: string; // the member of the answer that is meant, if not all of it
}

export function Detail({ method, ask = {}, as, data, path, ...how }: Props) {
  const info = useMethod(method);
  const { schemas } = useApi();
  const who = as ?? (info.who === "wallet" ? "person" : "app");
  const asked = useAppAsk(method, (data ? null : ask) as never, { as: who });
  const whole = kindOf(info.answers[0] ?? {}, schemas);
  const part = path ? kindOf(whole.properties?.[path] ?? {}, schemas) : whole;
  const schema = part.items ? kindOf(part.items, schemas) : part;
  if (asked.problem) return <Problem problem={asked.problem} again={asked.again} />;
  const found = (data ?? (path ? (asked.data as Row | undefined)?.[path] : asked.data)) as Row | undefined;
  if (!found) return <Skeleton active paragraph={{ rows: 6 }} />;
  return <DetailOf data={found} schema={schema} {...how} />;
}

/** The members of a thing; members inside of members below them. */
export function DetailOf({
  data,
  schema,
  only,
  hide = [],
  columns = {},
}: Shown & { data: Row; schema: Schema }): ReactNode {
  const language = useLanguage();
  const { schemas } = useApi();
  const names = only ?? [
    ...new Set([...Object.keys(schema.properties ?? {}), ...Object.keys(data), ...Object.keys(columns)]),
  ];
  const items = names
    .filter((name) => !hide.includes(name) && columns[name] !== false && (data[name] !== undefined || columns[name]))
    .map((name) => {
      const own = columns[name] || {};
      const member = kindOf(schema.properties?.[name] ?? {}, schemas);
      return {
        key: name,
        label: <span title={own.note ?? member.description}>{(own.title ?? fieldTitle(name))[language]}</span>,
        children: own.render ? own.render(data[name], data) : <Member name={name} value={data[name]} schema={member} />,
      };
    });
  return <Descriptions bordered size="small" column={1} items={items} className="c-detail" />;
}

function Member({ name, value, schema }: { name: string; value: unknown; schema: Schema }) {
  const { schemas } = useApi();
  const item = kindOf(schema.items ?? {}, schemas);
  if (Array.isArray(value) && value.length && typeof value[0] === "object" && item.properties) {
    return <Inner label={name} rows={value as Row[]} schema={item} />;
  }
  if (value && typeof value === "object" && !Array.isArray(value) && schema.properties) {
    return <DetailOf data={value as Row} schema={schema} />;
  }
  return <Value name={name} value={value} schema={{ ...schema, items: item }} />;
}

function Inner({ label, rows, schema }: { label: string; rows: Row[]; schema: Schema }) {
  const language = useLanguage();
  const { schemas } = useApi();
  const names = Object.keys(schema.properties ?? {}).filter((name) => rows.some((row) => row[name] !== undefined));
  const columns = names.map((name) => ({
    key: name,
    title: <span title={schema.properties![name]!.description}>{fieldTitle(name)[language]}</span>,
    render: (_: unknown, row: Row) => (
      <Value name={name} value={row[name]} schema={kindOf(schema.properties![name]!, schemas)} short />
    ),
  }));
  return (
    <Wide label={fieldTitle(label)[language]}>
      <Table<Row>
        size="small"
        rowKey={(row) => JSON.stringify(row)}
        dataSource={rows}
        columns={columns}
        pagination={rows.length > 10 && { size: "small" }}
      />
    </Wide>
  );
}
