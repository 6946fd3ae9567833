// A button that asks for the payment password, and then does what it says; what stands against it is told on the pad.
import { Button } from "antd-mobile";
import { useState, type ReactNode } from "react";
import { defineWords, moment, useLanguage, type Refusal } from "../../kit";
import { PasswordPad } from "./PasswordPad";

const useWords = defineWords({
  wrong: { zh: "支付密码不正确，还可以再试{left}次", en: "This payment password is wrong. Tries left: {left}" },
  locked: { zh: "错误次数过多，请在{until}后再试", en: "Too many wrong tries. Try again after {until}." },
  lockedNow: { zh: "错误次数过多，请稍后再试", en: "Too many wrong tries. Try again later." },
});

export interface Told {
  done: boolean;
  left?: number | null;
  locked_until?: string | null;
  refused?: { zh: string; en: string } | null;
}

interface Props<T extends Told> {
  children: ReactNode;
  title: string; // what is confirmed, as the pad says it
  amount?: string;
  disabled?: boolean;
  problem: Refusal | null;
  pay(password: string): Promise<T | undefined>;
  done(told: T): void;
}

export function PayButton<T extends Told>({ children, title, amount, disabled, problem, pay, done }: Props<T>) {
  const [open, setOpen] = useState(false);
  const [busy, setBusy] = useState(false);
  const [told, setTold] = useState<T>();
  const said = useSaid(told);
  const enter = async (password: string) => {
    setBusy(true);
    try {
      const answer = await pay(password);
      setTold(answer);
      if (!answer?.done) return;
      setOpen(false);
      done(answer);
    } finally {
      setBusy(false);
    }
  };
  const begin = () => {
    setTold(undefined);
    setOpen(true);
  };
  return (
    <>
      <Button block color="primary" size="large" className="m-main" disabled={disabled} onClick={begin}>
        {children}
      </Button>
      <PasswordPad
        open={open}
        title={title}
        amount={amount}
        busy={busy}
        problem={said || problem?.message}
        enter={enter}
        onClose={() => setOpen(false)}
      />
    </>
  );
}

/** Why it was not done, after a password was entered. */
function useSaid(told: Told | undefined): string {
  const w = useWords();
  const language = useLanguage();
  if (!told || told.done) return "";
  if (told.refused) return told.refused[language];
  if (told.locked_until) return w("locked", { until: moment(told.locked_until) });
  return told.left ? w("wrong", { left: told.left }) : w.lockedNow;
}
