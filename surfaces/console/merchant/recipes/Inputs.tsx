// What a merchant fills in, out of the recipe's own words; what is still missing is said where it is missing.
import { Form, Input, InputNumber, Select, Switch } from "antd";
import { defineWords, useLanguage, type Answer } from "../../../kit";
import { fromLocal, toLocal } from "../../shared/when";

export type Given = Record<string, unknown>;
type Looked = Answer<"kaifang.recipe.look">;
type One = Looked["inputs"][string];

const useWords = defineWords({
  none: { zh: "什么都不用填。", en: "Nothing to fill in." },
  usual: { zh: "不填则为 {value}", en: "{value} if left out" },
  between: { zh: "{least} 到 {most}", en: "{least} to {most}" },
});

interface Props {
  inputs: Looked["inputs"];
  value: Given;
  missing: Looked["missing"];
  onChange: (value: Given) => void;
}

export function Inputs({ inputs, value, missing, onChange }: Props) {
  const w = useWords();
  const language = useLanguage();
  const names = Object.keys(inputs);
  if (!names.length) return <p className="c-quiet">{w.none}</p>;
  const change = (name: string, next: unknown) => {
    const { [name]: _, ...rest } = value;
    onChange(next === undefined || next === "" || next === null ? rest : { ...rest, [name]: next });
  };
  return (
    <Form layout="vertical" className="c-form">
      {names.map((name) => {
        const one = inputs[name]!;
        const wrong = missing[name];
        return (
          <Form.Item
            key={name}
            label={one.says[language]}
            htmlFor={`input-${name}`}
            extra={name in value && wrong ? `${wrong} ${note(one, w)}` : note(one, w)}
            validateStatus={name in value && wrong ? "error" : undefined}
            required={one.default === undefined || one.default === null}
          >
            <Field id={`input-${name}`} one={one} value={value[name]} onChange={(next) => change(name, next)} />
          </Form.Item>
        );
      })}
    </Form>
  );
}

function note({ least, most, default: usual }: One, w: ReturnType<typeof useWords>): string {
  const between =
    least !== undefined || most !== undefined
      ? w("between", { least: String(least ?? "…"), most: String(most ?? "…") })
      : "";
  return [between, usual !== undefined && usual !== null ? w("usual", { value: String(usual) }) : ""]
    .filter(Boolean)
    .join(" · ");
}

interface FieldProps {
  id: string;
  one: One;
  value: unknown;
  onChange: (value: unknown) => void;
}

function Field({ id, one, value, onChange }: FieldProps) {
  const given = {
    id,
    value: (value as string) ?? "",
    onChange: (event: { target: { value: string } }) => onChange(event.target.value),
  };
  switch (one.kind) {
    case "flag":
      return <Switch id={id} checked={Boolean(value ?? one.default)} onChange={onChange} />;
    case "choice":
      return (
        <Select
          id={id}
          allowClear
          value={value as string}
          onChange={onChange}
          options={(one.choices ?? []).map((each) => ({ value: each }))}
        />
      );
    case "count":
      return <InputNumber id={id} className="c-wide" value={value as number} onChange={onChange} />;
    case "moment":
      return (
        <Input
          id={id}
          type="datetime-local"
          value={toLocal(value as string)}
          onChange={(event) => onChange(fromLocal(event.target.value))}
        />
      );
    case "clock":
      return <Input {...given} type="time" />;
    case "amount":
      return <Input {...given} prefix="¥" inputMode="decimal" />;
    case "length":
      return <Input {...given} placeholder="90s, 15m, 2h, 10d" />;
    default:
      return <Input {...given} maxLength={256} />;
  }
}
