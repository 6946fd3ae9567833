// Signing in: from then on this browser's own key signs for the person.
import { useQuery } from "@tanstack/react-query";
import { Button } from "antd-mobile";
import { useState, type FormEvent } from "react";
import { defineWords, facts, moment, Refusal, signIn } from "../../kit";
import { Field } from "./Field";

const useWords = defineWords({
  title: { zh: "登录 Kaifang 开放", en: "Sign in to Kaifang" },
  account: { zh: "账号", en: "Account" },
  password: { zh: "登录密码", en: "Password" },
  enter: { zh: "登录", en: "Sign in" },
  wrong: { zh: "账号或密码不对，还可以试{left}次", en: "Wrong account or password. {left} tries left." },
  locked: { zh: "账号已锁定，请在{until}后再试", en: "The account is locked until {until}." },
  sandbox: { zh: "沙箱里的人，点一下即可登录", en: "People of this sandbox: tap to sign in" },
});

const SANDBOX_PASSWORD = "111111";

export function SignIn() {
  const w = useWords();
  const known = useQuery({ queryKey: ["facts"], queryFn: facts }).data;
  const [who, setWho] = useState({ logon_id: "", password: "" });
  const [busy, setBusy] = useState(false);
  const [wrong, setWrong] = useState("");

  const enter = async (as: typeof who) => {
    setBusy(true);
    try {
      const refused = await signIn(as);
      if (refused?.locked_until) setWrong(w("locked", { until: moment(refused.locked_until) }));
      else if (refused) setWrong(w("wrong", { left: refused.left ?? 0 }));
    } catch (problem) {
      if (!(problem instanceof Refusal)) throw problem;
      setWrong(problem.message);
    } finally {
      setBusy(false);
    }
  };
  const submit = (event: FormEvent) => {
    event.preventDefault();
    void enter(who);
  };

  return (
    <main className="page sign-in">
      <h1>{w.title}</h1>
      <form className="form" onSubmit={submit}>
        <Field
          label={w.account}
          required
          autoComplete="username"
          value={who.logon_id}
          onChange={(event) => setWho({ ...who, logon_id: event.target.value })}
        />
        <Field
          label={w.password}
          required
          type="password"
          autoComplete="current-password"
          value={who.password}
          onChange={(event) => setWho({ ...who, password: event.target.value })}
        />
        {wrong && (
          <p className="alert" role="alert">
            {wrong}
          </p>
        )}
        <Button block color="primary" size="large" type="submit" loading={busy}>
          {w.enter}
        </Button>
      </form>
      {known?.sandbox && (
        <>
          <p className="quiet">{w.sandbox}</p>
          <ul className="people">
            {known.people.map(({ logon_id, name }) => (
              <li key={logon_id}>
                <Button
                  size="small"
                  disabled={busy}
                  onClick={() => void enter({ logon_id, password: SANDBOX_PASSWORD })}
                >
                  {name}
                </Button>
              </li>
            ))}
          </ul>
        </>
      )}
    </main>
  );
}
