// A form out of nothing but the name of its method; what is refused is said at the field that it is about.
import { Alert, App, Button, Form, type FormInstance } from "antd";
import { useEffect, useState, type ReactNode } from "react";
import { useLanguage, type MethodName, type Refusal } from "../../../kit";
import type { Said } from "../../../kit/words";
import { useAppAct, type Who } from "../app";
import type { Ask } from "../list/shape";
import { kindOf, useApi, useMethod, type Schema } from "../schema";
import { Fields, type FieldsTold } from "./Fields";
import { known, placeOf, tidied } from "./values";
import { useFormWords } from "./words";

export interface FormProps {
  method: MethodName;
  ask?: Ask; // fixed members of the request
  initial?: Ask;
  fields?: FieldsTold;
  order?: string[];
  submit?: Said;
  done?: Said | null; // null: nothing is said afterwards
  onDone?: (answer: any) => void; // eslint-disable-line @typescript-eslint/no-explicit-any
  changes?: string[]; // what is asked again
  as?: Who;
  children?: ReactNode; // beside the button
}

const NONE: Ask = {};

export function DerivedForm(props: FormProps) {
  const { method, ask = NONE, initial, fields, order, submit, done, onDone, changes, as, children } = props;
  const info = useMethod(method);
  const language = useLanguage();
  const w = useFormWords();
  const { message } = App.useApp();
  const [form] = Form.useForm<Ask>();
  const acting = useAppAct(method, { as: as ?? (info.who === "wallet" ? "person" : "app"), changes });
  const elsewhere = useRefusal(form, acting.problem, info.ask);

  const send = async (values: Ask) => {
    const answer = await acting.act({ ...(tidied(values) as Ask | undefined), ...ask } as never);
    if (answer === undefined) return;
    if (done !== null) void message.success(done?.[language] ?? w.done);
    onDone?.(answer);
  };
  return (
    <Form
      form={form}
      layout="vertical"
      className="c-form"
      initialValues={initial}
      scrollToFirstError={{ focus: true }}
      onFinish={(values) => void send(values)}
    >
      <Fields schema={info.ask} told={fields} order={order} hide={Object.keys(ask)} />
      {elsewhere && <Alert type="error" showIcon title={elsewhere} role="alert" />}
      <div className="c-buttons">
        <Button type="primary" htmlType="submit" loading={acting.acting}>
          {submit?.[language] ?? w.send}
        </Button>
        {children}
      </div>
    </Form>
  );
}

/** Show a refusal at its field; its words, if it names none that is here. */
export function useRefusal(form: FormInstance, problem: Refusal | null, schema: Schema): string | undefined {
  const { schemas } = useApi();
  const [elsewhere, setElsewhere] = useState<string>();
  useEffect(() => {
    setElsewhere(undefined);
    if (!problem) return;
    const place = placeOf(problem.field ?? "");
    if (!place.length || !known(place, schema, (one) => kindOf(one, schemas))) return setElsewhere(problem.message);
    form.setFields([{ name: place, errors: [problem.message] }]);
    form.scrollToField(place, { focus: true });
  }, [problem]); // eslint-disable-line react-hooks/exhaustive-deps
  return elsewhere;
}
