// Signing in, for whoever has an account; in a sandbox its people are offered.
import { Alert, Button, Card, Form, Input } from "antd";
import { Suspense, use, useState } from "react";
import { defineWords, facts, moment, Refusal, signIn } from "../../kit";
import { termOf } from "../shared/titles";
import { useLanguage } from "../../kit";
import { Preferences } from "./Preferences";

const useWords = defineWords({
  title: { zh: "登录控制台", en: "Sign in to the console" },
  lead: {
    zh: "商家、服务商、运营和开发者在这里工作。",
    en: "Where merchants, service providers, operators and developers work.",
  },
  logon: { zh: "账号（邮箱或手机号）", en: "Account (mail address or mobile number)" },
  password: { zh: "登录密码", en: "Password" },
  enter: { zh: "登录", en: "Sign in" },
  needed: { zh: "请填写", en: "Please fill this in" },
  wrong: { zh: "账号或密码不对，还可以试 {left} 次", en: "Account or password is wrong; {left} more tries" },
  locked: { zh: "试了太多次，{until} 后再来", en: "Too many tries; come back after {until}" },
  people: { zh: "沙箱里的人（密码 111111）", en: "People of this sandbox (password 111111)" },
  key: {
    zh: "登录后由这个浏览器里的密钥签名，密钥不会离开浏览器。",
    en: "A key in this browser signs for you. It never leaves the browser.",
  },
});

const SANDBOX_PASSWORD = "111111";

export function SignIn() {
  const w = useWords();
  const [form] = Form.useForm<{ logon_id: string; password: string }>();
  const [trying, setTrying] = useState(false);
  const [problem, setProblem] = useState<string>();
  const enter = async (who: { logon_id: string; password: string }) => {
    setTrying(true);
    setProblem(undefined);
    try {
      const refused = await signIn(who);
      if (refused?.locked_until) setProblem(w("locked", { until: moment(refused.locked_until) }));
      else if (refused) setProblem(w("wrong", { left: refused.left ?? 0 }));
    } catch (failed) {
      if (!(failed instanceof Refusal)) throw failed;
      setProblem(failed.message);
    } finally {
      setTrying(false);
    }
  };
  return (
    <main className="c-signin">
      <div className="c-corner">
        <Preferences />
      </div>
      <Card>
        <p className="c-brand">Kaifang 开放</p>
        <h1>{w.title}</h1>
        <p className="c-quiet">{w.lead}</p>
        <Form form={form} layout="vertical" requiredMark={false} onFinish={(who) => void enter(who)}>
          <Form.Item name="logon_id" label={w.logon} rules={[{ required: true, message: w.needed }]}>
            <Input autoComplete="username" autoFocus />
          </Form.Item>
          <Form.Item name="password" label={w.password} rules={[{ required: true, message: w.needed }]}>
            <Input.Password autoComplete="current-password" />
          </Form.Item>
          {problem && <Alert type="error" showIcon title={problem} role="alert" />}
          <Button type="primary" htmlType="submit" block loading={trying}>
            {w.enter}
          </Button>
        </Form>
        <Suspense>
          <People choose={(logon_id) => void enter({ logon_id, password: SANDBOX_PASSWORD })} />
        </Suspense>
        <p className="c-quiet c-small">{w.key}</p>
      </Card>
    </main>
  );
}

function People({ choose }: { choose: (logon_id: string) => void }) {
  const w = useWords();
  const language = useLanguage();
  const { sandbox, people } = use(facts());
  if (!sandbox || !people.length) return null;
  const workers = [...people].sort((a, b) => Number(a.kind === "person") - Number(b.kind === "person"));
  return (
    <section className="c-people">
      <h2>{w.people}</h2>
      <ul>
        {workers.map(({ name, logon_id, kind }) => (
          <li key={logon_id}>
            <Button block onClick={() => choose(logon_id)}>
              <span>{name}</span> <span className="c-quiet">{termOf(kind)[language]}</span>
            </Button>
          </li>
        ))}
      </ul>
    </section>
  );
}
