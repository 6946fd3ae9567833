// A value as people read it: by its schema and its name.
import { CheckOutlined, MinusOutlined } from "@ant-design/icons";
import { Tag, Tooltip, Typography } from "antd";
import type { ReactNode } from "react";
import { moment, useLanguage, yuan } from "../../kit";
import type { Schema } from "./schema";
import type { Tone } from "./terms";
import { termOf } from "./titles";

const COLOURS: Record<Tone, string | undefined> = {
  good: "green",
  bad: "red",
  wait: "gold",
  quiet: "default",
  plain: "blue",
};
const WORD = /(^|_)(state|status|kind|type|role|result|decision|style|mode|period)$/;
const NUMBER = /(^|_)(id|no|sn|trace|code|hash|digest|key|subject|ref)$/;
const LONG = 28; // letters, beyond which a number is shortened in a list

export function Term({ value }: { of?: string; value: string }) {
  const term = termOf(value);
  const language = useLanguage();
  return (
    <Tooltip title={value}>
      <Tag color={COLOURS[term.tone]}>{term[language]}</Tag>
    </Tooltip>
  );
}

interface Props {
  name: string;
  value: unknown;
  schema?: Schema;
  short?: boolean; // in a row of a list
}

/** Any value of an answer. */
export function Value({ name, value, schema = {}, short }: Props): ReactNode {
  if (value === undefined || value === null || value === "") return <span className="c-nothing">–</span>;
  if (typeof value === "boolean") return <YesOrNo yes={value} />;
  if (Array.isArray(value)) return <Several name={name} values={value} schema={schema.items} short={short} />;
  if (typeof value === "object") return <Json value={value} short={short} />;
  return <Text name={name} text={String(value)} schema={schema} short={short} />;
}

function Text({ name, text, schema, short }: { name: string; text: string; schema: Schema; short?: boolean }) {
  if (schema.format === "money" || schema.format === "amount" || isMoney(name, text)) {
    return <span className="c-money">{yuan(text)}</span>;
  }
  if (schema.format === "moment")
    return (
      <time dateTime={text.replace(" ", "T")} title={text}>
        {moment(text)}
      </time>
    );
  if (schema.enum || (WORD.test(name) && /^[A-Za-z][A-Za-z0-9_]*$/.test(text))) return <Term value={text} />;
  if (/^https?:\/\//.test(text)) return <Elsewhere address={text} />;
  if (NUMBER.test(name)) return <Copyable text={text} short={short} />;
  return short ? (
    <span className="c-clamp" title={text.length > LONG ? text : undefined}>
      {text}
    </span>
  ) : (
    <span className="c-text">{text}</span>
  );
}

/** Older methods answer amounts as plain text. */
const isMoney = (name: string, text: string): boolean =>
  /(^|_)(amount|fee|price)$/.test(name) && /^-?\d+\.\d{2}$/.test(text);

function YesOrNo({ yes }: { yes: boolean }) {
  const { zh, en } = termOf(yes ? "Y" : "N");
  const label = useLanguage() === "zh" ? zh : en;
  return yes ? (
    <CheckOutlined aria-label={label} className="c-yes" />
  ) : (
    <MinusOutlined aria-label={label} className="c-nothing" />
  );
}

function Several({
  name,
  values,
  schema,
  short,
}: {
  name: string;
  values: unknown[];
  schema?: Schema;
  short?: boolean;
}) {
  const language = useLanguage();
  if (!values.length) return <span className="c-nothing">–</span>;
  if (values.some((one) => typeof one === "object")) {
    return short ? <>{language === "zh" ? `${values.length} 项` : `${values.length}`}</> : <Json value={values} />;
  }
  const shown = short ? values.slice(0, 3) : values;
  return (
    <span className="c-several">
      {shown.map((one, at) => (
        <Value key={at} name={name} value={one} schema={schema} short={short} />
      ))}
      {shown.length < values.length && <span className="c-nothing">+{values.length - shown.length}</span>}
    </span>
  );
}

function Json({ value, short }: { value: object; short?: boolean }) {
  const text = JSON.stringify(value, null, short ? 0 : 2);
  return short ? <code className="c-clamp">{text}</code> : <pre className="c-json">{text}</pre>;
}

/** A link that leads away from here, with its host; other kinds of addresses are only text. */
function Elsewhere({ address }: { address: string }) {
  const host = hostOf(address);
  if (!host) return <>{address}</>;
  return (
    <a href={address} target="_blank" rel="noreferrer" title={address}>
      {host}
    </a>
  );
}

function hostOf(address: string): string | undefined {
  try {
    return new URL(address).host;
  } catch {
    return undefined;
  }
}

function Copyable({ text, short }: { text: string; short?: boolean }) {
  const cut = short && text.length > LONG ? `${text.slice(0, 12)}…${text.slice(-6)}` : text;
  return (
    <Typography.Text className="c-number" copyable={short ? false : { text }} title={cut === text ? undefined : text}>
      {cut}
    </Typography.Text>
  );
}
