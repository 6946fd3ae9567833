// To whom money is sent: by logon id, or to somebody it went to before.
import { Button } from "antd-mobile";
import { RightOutline } from "antd-mobile-icons";
import { useState, type FormEvent } from "react";
import { useLocation } from "wouter";
import { call, defineWords, Problem, Refusal } from "../../kit";
import { Page } from "../shell/Page";
import "./money.css";

const useWords = defineWords({
  title: { zh: "转账", en: "Transfer" },
  payee: { zh: "对方账号", en: "Who gets it" },
  hint: { zh: "邮箱或手机号", en: "Mail address or mobile number" },
  next: { zh: "下一步", en: "Next" },
  scan: { zh: "扫对方的收款码", en: "Scan that person's code instead" },
});

export default function Transfer() {
  const w = useWords();
  const [, go] = useLocation();
  const [payee, setPayee] = useState("");
  const [problem, setProblem] = useState<Refusal>();
  const [looking, setLooking] = useState(false);
  const submit = async (event: FormEvent) => {
    event.preventDefault();
    setLooking(true);
    setProblem(undefined);
    try {
      await call("kaifang.wallet.payee.look", { payee: payee.trim() });
      go(`/money/to/${encodeURIComponent(payee.trim())}`);
    } catch (refused) {
      if (!(refused instanceof Refusal)) throw refused;
      setProblem(refused);
    } finally {
      setLooking(false);
    }
  };
  return (
    <Page title={w.title} back="/money">
      <form className="box m-form" onSubmit={submit}>
        <label>
          {w.payee}
          <input
            required
            autoComplete="off"
            placeholder={w.hint}
            maxLength={256}
            value={payee}
            onChange={(event) => setPayee(event.target.value)}
          />
        </label>
        {problem && <Problem problem={problem} />}
        <Button block color="primary" size="large" className="m-main" type="submit" loading={looking}>
          {w.next}
        </Button>
      </form>
      <a className="box m-row" href="#/scan">
        <span>{w.scan}</span>
        <RightOutline aria-hidden />
      </a>
    </Page>
  );
}
