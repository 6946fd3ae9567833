// Changing the password one signs in with, and the six digits one pays with.
import { Button, Toast } from "antd-mobile";
import { useState, type FormEvent } from "react";
import { defineWords, moment, Problem, useAct, type Answer } from "../../kit";
import { Field } from "../shell/Field";
import { Page } from "../shell/Page";

const useWords = defineWords({
  title: { zh: "密码", en: "Passwords" },
  signIn: { zh: "登录密码", en: "To sign in" },
  signInWhy: {
    zh: "没有设过登录密码时，现在的密码就是支付密码。修改后其他设备会退出登录。",
    en: "If you never set one, it is your payment password now. Other devices are signed out when it changes.",
  },
  pay: { zh: "支付密码", en: "To pay" },
  payWhy: { zh: "六位数字，付款时输入。", en: "Six digits, asked for when you pay." },
  old: { zh: "现在的密码", en: "The one that holds" },
  fresh: { zh: "新密码", en: "New one" },
  repeat: { zh: "再输入一次新密码", en: "New one, again" },
  differ: { zh: "两次输入的新密码不一样", en: "The two new ones differ." },
  change: { zh: "修改", en: "Change" },
  done: { zh: "已修改", en: "Changed" },
  wrong: { zh: "现在的密码不对，还可以试{left}次", en: "That is not the one that holds. {left} tries left." },
  locked: { zh: "错误次数太多，请在{until}后再试", en: "Wrong too often. Try again after {until}." },
});

type Checked = Answer<"kaifang.wallet.password.change">;

export default function Passwords() {
  const w = useWords();
  const signIn = useAct("kaifang.wallet.password.change");
  const pay = useAct("kaifang.wallet.paypassword.change");
  return (
    <Page title={w.title} back="/me">
      <Change
        name={w.signIn}
        why={w.signInWhy}
        rule={{ minLength: 6, maxLength: 64 }}
        acting={signIn}
        change={(password, new_password) => signIn.act({ password, new_password })}
      />
      <Change
        name={w.pay}
        why={w.payWhy}
        rule={{ pattern: "\\d{6}", maxLength: 6, inputMode: "numeric" }}
        acting={pay}
        change={(pay_password, new_pay_password) => pay.act({ pay_password, new_pay_password })}
      />
    </Page>
  );
}

interface Props {
  name: string;
  why: string;
  rule: { minLength?: number; maxLength: number; pattern?: string; inputMode?: "numeric" };
  acting: { acting: boolean; problem: Error | null };
  change: (old: string, fresh: string) => Promise<Checked | undefined>;
}

const NOTHING = { old: "", fresh: "", repeat: "" };

function Change({ name, why, rule, acting, change }: Props) {
  const w = useWords();
  const [typed, setTyped] = useState(NOTHING);
  const [wrong, setWrong] = useState("");
  const submit = async (event: FormEvent) => {
    event.preventDefault();
    setWrong(typed.fresh === typed.repeat ? "" : w.differ);
    if (typed.fresh !== typed.repeat) return;
    const checked = await change(typed.old, typed.fresh);
    if (!checked) return;
    setTyped(NOTHING);
    if (checked.right) Toast.show(w.done);
    else if (checked.locked_until) setWrong(w("locked", { until: moment(checked.locked_until) }));
    else setWrong(w("wrong", { left: checked.left }));
  };
  const field = (key: keyof typeof NOTHING, more: object = {}) => (
    <Field
      required
      type="password"
      label={w[key]}
      autoComplete={key === "old" ? "current-password" : "new-password"}
      value={typed[key]}
      onChange={(event) => setTyped({ ...typed, [key]: event.target.value })}
      {...more}
    />
  );
  return (
    <form className="box form" aria-label={name} onSubmit={(event) => void submit(event)}>
      <h2>{name}</h2>
      <p className="quiet">{why}</p>
      {field("old")}
      {field("fresh", rule)}
      {field("repeat", rule)}
      {wrong && (
        <p className="alert" role="alert">
          {wrong}
        </p>
      )}
      {acting.problem && <Problem problem={acting.problem} />}
      <Button block color="primary" type="submit" loading={acting.acting}>
        {w.change}
      </Button>
    </form>
  );
}
