// Six digits that confirm a payment: on the pad, on a keyboard, or out of a password manager.
import { CloseOutline, LeftOutline } from "antd-mobile-icons";
import { useEffect, useId, useRef, useState } from "react";
import { defineWords, yuan } from "../../kit";

const useWords = defineWords({
  heading: { zh: "输入支付密码", en: "Enter your payment password" },
  field: { zh: "支付密码，6位数字", en: "Payment password, six digits" },
  typed: { zh: "已输入{count}位", en: "{count} of 6 digits" },
  digits: { zh: "数字键盘", en: "Digits" },
  erase: { zh: "删除一位", en: "Erase one digit" },
  close: { zh: "取消", en: "Cancel" },
  paying: { zh: "正在处理…", en: "One moment…" },
});

const LENGTH = 6;

interface Props {
  open: boolean;
  title: string; // what is confirmed
  amount?: string;
  problem?: string; // why it was not done
  busy: boolean;
  enter(password: string): Promise<unknown>;
  onClose(): void;
}

export function PasswordPad({ open, onClose, ...rest }: Props) {
  const name = useId();
  const pad = useRef<HTMLDialogElement>(null);
  useEffect(() => {
    if (open && !pad.current?.open) {
      pad.current?.showModal();
      pad.current?.querySelector("input")?.focus();
    }
    if (!open) pad.current?.close();
  }, [open]);
  return (
    <dialog
      ref={pad}
      className="m-pad"
      aria-labelledby={name}
      onClose={onClose}
      onCancel={(event) => rest.busy && event.preventDefault()}
      onClick={(event) => event.target === pad.current && !rest.busy && onClose()}
    >
      {open && <Inside {...rest} name={name} onClose={onClose} />}
    </dialog>
  );
}

function Inside({ name, title, amount, problem, busy, enter, onClose }: Omit<Props, "open"> & { name: string }) {
  const w = useWords();
  const said = useId();
  const field = useRef<HTMLInputElement>(null);
  const [typed, setTyped] = useState("");
  const type = async (next: string) => {
    if (busy || !/^\d{0,6}$/.test(next)) return;
    setTyped(next);
    if (next.length < LENGTH) return;
    await enter(next);
    setTyped("");
    field.current?.focus();
  };
  return (
    <div className="m-pad-body">
      <header>
        <h2 id={name}>{w.heading}</h2>
        <button type="button" className="m-icon" aria-label={w.close} disabled={busy} onClick={onClose}>
          <CloseOutline aria-hidden />
        </button>
      </header>
      <p className="m-pad-title">{title}</p>
      {amount && <p className="m-amount">{yuan(amount)}</p>}
      <div className="m-dots">
        <input
          ref={field}
          type="password"
          inputMode="none"
          autoComplete="off"
          maxLength={LENGTH}
          readOnly={busy}
          value={typed}
          aria-label={w.field}
          aria-describedby={said}
          onChange={(event) => void type(event.target.value)}
        />
        <span aria-hidden>
          {Array.from({ length: LENGTH }, (_, place) => (
            <i key={place} className={place < typed.length ? "full" : ""} />
          ))}
        </span>
      </div>
      <p className={problem && !busy ? "m-pad-said bad" : "m-pad-said"} id={said} role="status">
        {busy ? w.paying : problem || w("typed", { count: typed.length })}
      </p>
      <div className="m-keys" role="group" aria-label={w.digits}>
        {[..."123456789"].map((digit) => (
          <button key={digit} type="button" disabled={busy} onClick={() => void type(typed + digit)}>
            {digit}
          </button>
        ))}
        <span />
        <button type="button" disabled={busy} onClick={() => void type(typed + "0")}>
          0
        </button>
        <button type="button" aria-label={w.erase} disabled={busy} onClick={() => void type(typed.slice(0, -1))}>
          <LeftOutline aria-hidden />
        </button>
      </div>
    </div>
  );
}
