// What one member of a request is filled in with.
import { UploadOutlined } from "@ant-design/icons";
import { Button, Input as Text, InputNumber, Select, Switch } from "antd";
import { useEffect, useRef, useState } from "react";
import { useLanguage } from "../../../kit";
import type { Schema } from "../schema";
import { termOf } from "../titles";
import { fromLocal, toLocal } from "../when";
import type { Given } from "./Fields";
import type { Kind } from "./values";
import { useFormWords } from "./words";

interface Props extends Given {
  kind: Kind;
  schema: Schema;
  item: Schema; // of a list
  name: string;
}

export function Input({ kind, schema, item, name, id, value, onChange = () => {} }: Props) {
  const language = useLanguage();
  const w = useFormWords();
  const choices = (of: Schema) => of.enum?.map((one) => ({ value: one, label: termOf(String(one))[language] }));
  const given = { id, value, onChange };
  switch (kind) {
    case "choice":
      return <Select {...given} allowClear showSearch optionFilterProp="label" options={choices(schema)} />;
    case "choices":
      return <Select {...given} mode="multiple" allowClear options={choices(item)} />;
    case "texts":
      return (
        <Select
          {...given}
          mode="tags"
          open={false}
          suffixIcon={null}
          placeholder={w.several}
          tokenSeparators={SEPARATORS}
        />
      );
    case "flag":
      return <Switch id={id} checked={Boolean(value)} onChange={onChange} />;
    case "whole number":
      return <InputNumber {...given} className="c-wide" min={schema.minimum} max={schema.maximum} />;
    case "file":
      return <Chosen {...given} />;
    case "json":
      return <Json {...given} />;
    default:
      return <Written {...given} kind={kind} schema={schema} name={name} onChange={onChange} />;
  }
}

const SEPARATORS = [" ", ",", "，", "\n"];

function Written({ kind, schema, id, value, onChange }: Omit<Props, "item"> & { onChange: (value: unknown) => void }) {
  const given = { id, value: value as string, autoComplete: "off", maxLength: schema.maxLength };
  const change = (event: { target: { value: string } }) => onChange(event.target.value);
  switch (kind) {
    case "amount":
      return <Text {...given} prefix="¥" inputMode="decimal" onChange={change} />;
    case "moment":
      return (
        <Text
          id={id}
          type="datetime-local"
          step={1}
          value={toLocal(value)}
          onChange={(event) => onChange(fromLocal(event.target.value))}
        />
      );
    case "secret":
      return <Text.Password {...given} onChange={change} />;
    case "long text":
      return <Text.TextArea {...given} autoSize={{ minRows: 2, maxRows: 12 }} onChange={change} />;
    default:
      return <Text {...given} placeholder={exampleOf(schema)} onChange={change} />;
  }
}

function exampleOf({ examples, default: usual }: Schema): string | undefined {
  const one = examples?.[0] ?? usual;
  return one === undefined || one === null ? undefined : String(one);
}

function Chosen({ id, value, onChange }: { id?: string; value?: File; onChange: (file?: File) => void }) {
  const w = useFormWords();
  const input = useRef<HTMLInputElement>(null);
  return (
    <span className="c-file">
      <input
        ref={input}
        id={id}
        type="file"
        className="k-unseen"
        onChange={(event) => onChange(event.target.files?.[0])}
      />
      <Button icon={<UploadOutlined />} onClick={() => input.current?.click()}>
        {w.file}
      </Button>
      {value && <span>{value.name}</span>}
    </span>
  );
}

/** JSON as text while it is being written; what it says once it is whole, else the text itself. */
function Json({ id, value, onChange }: { id?: string; value?: unknown; onChange: (value: unknown) => void }) {
  const [text, setText] = useState(() => written(value));
  const last = useRef(value);
  useEffect(() => {
    if (value !== last.current) setText(written(value));
    last.current = value;
  }, [value]);
  const change = (next: string) => {
    setText(next);
    last.current = read(next);
    onChange(last.current);
  };
  return (
    <Text.TextArea
      id={id}
      className="c-code"
      autoSize={{ minRows: 2, maxRows: 12 }}
      placeholder="{ }"
      value={text}
      onChange={(event) => change(event.target.value)}
    />
  );
}

function written(value: unknown): string {
  if (value === undefined) return "";
  return typeof value === "string" ? value : JSON.stringify(value, null, 2);
}

function read(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text || undefined;
  }
}
