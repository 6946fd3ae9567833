// What a call says: as a form, or as JSON; and for whom, where somebody's token is carried along.
import { Alert, Button, Form, Input, Segmented } from "antd";
import { useState } from "react";
import { defineWords, type Refusal } from "../../../kit";
import type { MethodInfo } from "../../shared";
import { useRefusal } from "../../shared/form/DerivedForm";
import { Fields } from "../../shared/form/Fields";
import { tidied } from "../../shared/form/values";

const useWords = defineWords({
  call: { zh: "签名并调用", en: "Sign and call" },
  form: { zh: "表单", en: "Form" },
  json: { zh: "JSON", en: "JSON" },
  way: { zh: "填写方式", en: "How to fill it in" },
  nothing: { zh: "这个接口不需要参数。", en: "This method asks for nothing." },
  notJson: { zh: "不是合法的 JSON 对象", en: "This is not a JSON object" },
  body: { zh: "请求内容", en: "Request" },
  tokens: { zh: "代替别人调用（令牌）", en: "On somebody's behalf (tokens)" },
  app_token: {
    zh: "app_auth_token：商户授权服务商代调",
    en: "app_auth_token: of a merchant who authorised this service provider",
  },
  user_token: { zh: "auth_token：用户授权", en: "auth_token: of a user who consented" },
});

type Ask = Record<string, unknown>;

interface Props {
  info: MethodInfo;
  problem: Refusal | null;
  calling: boolean;
  onChange: (ask: Ask) => void;
  onCall: (ask: Ask, tokens: { authToken?: string; userToken?: string }) => void;
}

export function Request({ info, problem, calling, onChange, onCall }: Props) {
  const w = useWords();
  const [form] = Form.useForm<Ask>();
  const [way, setWay] = useState("form");
  const [text, setText] = useState("{}");
  const [wrong, setWrong] = useState(false);
  const [authToken, setAuthToken] = useState("");
  const [userToken, setUserToken] = useState("");
  const elsewhere = useRefusal(form, problem, info.ask);
  const asForm = way === "form";

  const filled = (): Ask => (tidied(form.getFieldsValue()) as Ask | undefined) ?? {};
  const change = (next: string) => {
    if (next === "json") setText(JSON.stringify(filled(), null, 2));
    else if (parsed(text)) form.setFieldsValue(parsed(text)!);
    setWay(next);
  };
  const call = (ask: Ask | undefined) => {
    setWrong(!ask);
    if (ask) onCall(ask, { authToken: authToken || undefined, userToken: userToken || undefined });
  };
  const empty = !Object.keys(info.ask.properties ?? {}).length;
  return (
    <Form
      form={form}
      layout="vertical"
      className="c-form"
      scrollToFirstError={{ focus: true }}
      onValuesChange={() => onChange(filled())}
      onFinish={() => call(asForm ? filled() : parsed(text))}
    >
      {empty ? (
        <p className="c-quiet">{w.nothing}</p>
      ) : (
        <Segmented
          className="d-way"
          size="small"
          aria-label={w.way}
          options={[
            { value: "form", label: w.form },
            { value: "json", label: w.json },
          ]}
          value={way}
          onChange={change}
        />
      )}
      <div hidden={!asForm}>{asForm && <Fields schema={info.ask} />}</div>
      {!asForm && (
        <Input.TextArea
          className="c-code"
          aria-label={w.body}
          autoSize={{ minRows: 8, maxRows: 30 }}
          value={text}
          onChange={(event) => (setText(event.target.value), onChange(parsed(event.target.value) ?? {}))}
        />
      )}
      {wrong && <Alert type="error" title={w.notJson} role="alert" />}
      <details className="d-tokens">
        <summary>{w.tokens}</summary>
        <Form.Item label={w.app_token} htmlFor="app_token">
          <Input
            id="app_token"
            autoComplete="off"
            value={authToken}
            onChange={(event) => setAuthToken(event.target.value.trim())}
          />
        </Form.Item>
        <Form.Item label={w.user_token} htmlFor="user_token">
          <Input
            id="user_token"
            autoComplete="off"
            value={userToken}
            onChange={(event) => setUserToken(event.target.value.trim())}
          />
        </Form.Item>
      </details>
      {elsewhere && <Alert type="error" showIcon title={elsewhere} role="alert" />}
      <div className="c-buttons">
        <Button type="primary" htmlType="submit" loading={calling}>
          {w.call}
        </Button>
      </div>
    </Form>
  );
}

function parsed(text: string): Ask | undefined {
  try {
    const found: unknown = JSON.parse(text);
    return found && typeof found === "object" && !Array.isArray(found) ? (found as Ask) : undefined;
  } catch {
    return undefined;
  }
}
