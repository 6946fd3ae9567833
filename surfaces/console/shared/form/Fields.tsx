// The fields of a form, derived from a schema, one inside of another as deep as it goes.
import { DeleteOutlined, PlusOutlined } from "@ant-design/icons";
import { Button, Card, Form } from "antd";
import { useState, type ReactNode } from "react";
import { useLanguage } from "../../../kit";
import type { Said } from "../../../kit/words";
import { kindOf, useApi, type Schema } from "../schema";
import { fieldTitle } from "../titles";
import { Input } from "./Input";
import { rulesOf } from "./rules";
import { kindOfInput } from "./values";
import { useFormWords } from "./words";

/** What the form hands to an input. */
export interface Given {
  value?: any; // eslint-disable-line @typescript-eslint/no-explicit-any
  onChange?: (value: any) => void; // eslint-disable-line @typescript-eslint/no-explicit-any
  id?: string;
}

export interface FieldTold {
  label?: Said;
  help?: Said;
  hidden?: boolean;
  required?: boolean;
  input?: (given: Given) => ReactNode;
}

export type FieldsTold = Record<string, FieldTold>;
type Place = (string | number)[];

interface Props {
  schema: Schema; // of an object
  place?: Place; // where it stands in the form; the fields of a list's item are named from the item
  list?: Place; // the list around it
  told?: FieldsTold;
  order?: string[];
  hide?: string[];
}

const FEW = 5; // optional fields that are shown at once

export function Fields({ schema, place = [], list = [], told = {}, order = [], hide = [] }: Props) {
  const w = useFormWords();
  const [open, setOpen] = useState(false);
  const required = new Set(schema.required ?? []);
  const names = Object.keys(schema.properties ?? {}).filter((name) => !hide.includes(name) && !told[name]?.hidden);
  const first = (name: string) => order.includes(name) || required.has(name) || Boolean(told[name]?.required);
  const rank = (name: string) =>
    order.includes(name) ? order.indexOf(name) : order.length + Number(!required.has(name));
  const sorted = [...names].sort((a, b) => rank(a) - rank(b));
  const optional = sorted.filter((name) => !first(name));
  const folded = optional.length > FEW && !open;
  return (
    <>
      {(folded ? sorted.filter(first) : sorted).map((name) => (
        <Field
          key={name}
          name={name}
          place={[...place, name]}
          list={list}
          schema={schema.properties![name]!}
          required={required.has(name)}
          told={told[name]}
        />
      ))}
      {optional.length > FEW && (
        <Button type="link" className="c-more" aria-expanded={open} onClick={() => setOpen(!open)}>
          {open ? w.fewer : w("more", { count: optional.length })}
        </Button>
      )}
    </>
  );
}

interface OneProps {
  name: string;
  place: Place;
  list: Place;
  schema: Schema;
  required: boolean;
  told?: FieldTold;
}

function Field({ name, place, list, schema, required, told = {} }: OneProps) {
  const { schemas } = useApi();
  const language = useLanguage();
  const w = useFormWords();
  const whole = kindOf(schema, schemas);
  const item = kindOf(whole.items ?? {}, schemas);
  const kind = kindOfInput(name, whole, item);
  const label = (told.label ?? fieldTitle(name))[language];
  const help = told.help?.[language] ?? whole.description;
  if (!told.input && kind === "object") return <Inside {...{ place, list, label, help, required }} schema={whole} />;
  if (!told.input && kind === "objects") {
    return <Several {...{ place, list, label, help, required }} schema={whole} item={item} />;
  }
  const must = required || Boolean(told.required);
  return (
    <Form.Item
      name={place}
      label={label}
      extra={help}
      rules={told.input ? [{ required: must, message: w.missing }] : rulesOf(kind, whole, must, w)}
      validateTrigger="onBlur"
    >
      {told.input ? <Own input={told.input} /> : <Input kind={kind} schema={whole} item={item} name={name} />}
    </Form.Item>
  );
}

/** A page's own input; Form.Item hands value, onChange and id to its child. */
function Own({ input, ...given }: Given & { input: NonNullable<FieldTold["input"]> }) {
  return <>{input(given)}</>;
}

interface GroupProps {
  place: Place;
  list: Place;
  label: string;
  help?: string;
  required: boolean;
  schema: Schema;
}

function Inside({ place, list, label, help, required, schema }: GroupProps) {
  const w = useFormWords();
  const form = Form.useFormInstance();
  const whole = [...list, ...place];
  const [there, setThere] = useState(required || form.getFieldValue(whole) !== undefined);
  const leave = () => {
    form.setFieldValue(whole, undefined);
    setThere(false);
  };
  if (!there) {
    return (
      <Form.Item label={label} extra={help}>
        <Button icon={<PlusOutlined />} aria-label={`${w.add} ${label}`} onClick={() => setThere(true)}>
          {w.add}
        </Button>
      </Form.Item>
    );
  }
  const away = <Button type="text" icon={<DeleteOutlined />} aria-label={`${w.remove} ${label}`} onClick={leave} />;
  return (
    <Card size="small" className="c-inside" title={label} extra={!required && away}>
      {help && <p className="c-quiet">{help}</p>}
      <Fields schema={schema} place={place} list={list} />
    </Card>
  );
}

function Several({ place, list, label, help, required, schema, item }: GroupProps & { item: Schema }) {
  const w = useFormWords();
  return (
    <Form.Item label={label} extra={help} required={required}>
      <Form.List name={place} initialValue={required ? [{}] : undefined}>
        {(fields, { add, remove }) => (
          <>
            {fields.map((field, at) => (
              <Card
                key={field.key}
                size="small"
                className="c-inside"
                title={`${label} ${at + 1}`}
                extra={
                  <Button
                    type="text"
                    icon={<DeleteOutlined />}
                    aria-label={`${w.remove} ${label} ${at + 1}`}
                    onClick={() => remove(field.name)}
                  />
                }
              >
                <Fields schema={item} place={[field.name]} list={[...list, ...place]} />
              </Card>
            ))}
            <Button
              icon={<PlusOutlined />}
              disabled={fields.length >= (schema.maxItems ?? Infinity)}
              onClick={() => add({})}
            >
              {w.add}
            </Button>
          </>
        )}
      </Form.List>
    </Form.Item>
  );
}
