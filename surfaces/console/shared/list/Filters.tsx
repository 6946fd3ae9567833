// The filters of a list: one field for each member of the request that is not about pages.
import { FilterOutlined } from "@ant-design/icons";
import { Button, Grid, Input, InputNumber, Select } from "antd";
import { useEffect, useId, useState, type ReactNode } from "react";
import { useLanguage } from "../../../kit";
import type { Said } from "../../../kit/words";
import type { Schema } from "../schema";
import { fieldTitle, termOf } from "../titles";
import { fromLocal, toLocal } from "../when";
import type { Ask } from "./shape";
import { useListWords } from "./words";

export type FiltersTold = Record<string, { title?: Said; options?: { value: string; label: Said }[] } | false>;

interface Props {
  filters: [string, Schema][];
  told?: FiltersTold;
  value: Ask;
  onChange: (value: Ask) => void;
}

export function Filters({ filters, told = {}, value, onChange }: Props): ReactNode {
  const w = useListWords();
  const [draft, setDraft] = useState(value);
  useEffect(() => setDraft(value), [value]);
  const shown = filters.filter(([name]) => told[name] !== false);
  const wide = Grid.useBreakpoint().md ?? true;
  if (!shown.length) return null;
  const send = (next: Ask) =>
    onChange(Object.fromEntries(Object.entries(next).filter(([, one]) => one !== undefined && one !== "")));
  const form = (
    <form
      className="c-filters"
      role="search"
      onSubmit={(event) => {
        event.preventDefault();
        send(draft);
      }}
    >
      {shown.map(([name, schema]) => (
        <Filter
          key={name}
          name={name}
          schema={schema}
          told={told[name] || {}}
          value={draft[name]}
          onChange={(next, at_once) => {
            const changed = { ...draft, [name]: next };
            setDraft(changed);
            if (at_once) send(changed);
          }}
        />
      ))}
      <Button htmlType="submit" icon={<FilterOutlined />}>
        {w.filter}
      </Button>
      {Object.keys(value).length > 0 && (
        <Button type="text" onClick={() => send({})}>
          {w.clear}
        </Button>
      )}
    </form>
  );
  if (wide) return form;
  return (
    <details className="c-fold" open={Object.keys(value).length > 0}>
      <summary>{w.filter}</summary>
      {form}
    </details>
  );
}

interface OneProps {
  name: string;
  schema: Schema;
  told: { title?: Said; options?: { value: string; label: Said }[] };
  value: unknown;
  onChange: (value: unknown, at_once: boolean) => void;
}

function Filter({ name, schema, told, value, onChange }: OneProps) {
  const id = useId();
  const language = useLanguage();
  const title = (told.title ?? fieldTitle(name))[language];
  return (
    <label className="c-filter" htmlFor={id} title={schema.description}>
      <span>{title}</span>
      <FilterInput id={id} schema={schema} options={told.options} value={value} onChange={onChange} />
    </label>
  );
}

function FilterInput({
  id,
  schema,
  options,
  value,
  onChange,
}: Omit<OneProps, "name" | "told"> & { id: string; options?: OneProps["told"]["options"] }) {
  const language = useLanguage();
  const choices = options ?? choicesOf(schema);
  if (choices) {
    const shown = choices.map((one) => ({ value: one.value, label: one.label[language] }));
    return (
      <Select
        id={id}
        allowClear
        popupMatchSelectWidth={false}
        options={shown}
        value={value as string}
        onChange={(next) => onChange(next, true)}
      />
    );
  }
  if (schema.type === "integer" || schema.type === "number") {
    return (
      <InputNumber
        id={id}
        min={schema.minimum}
        max={schema.maximum}
        value={value as number}
        onChange={(next) => onChange(next ?? undefined, false)}
      />
    );
  }
  if (schema.format === "moment") {
    return (
      <Input
        id={id}
        type="datetime-local"
        value={toLocal(value as string)}
        onChange={(event) => onChange(fromLocal(event.target.value), false)}
      />
    );
  }
  return (
    <Input
      id={id}
      allowClear
      maxLength={schema.maxLength}
      value={(value as string) ?? ""}
      onChange={(event) => onChange(event.target.value, event.target.value === "")}
    />
  );
}

function choicesOf(schema: Schema): { value: unknown; label: Said }[] | undefined {
  if (schema.type === "boolean") return [true, false].map((value) => ({ value, label: termOf(value ? "Y" : "N") }));
  return schema.enum?.map((value) => ({ value, label: termOf(String(value)) }));
}
