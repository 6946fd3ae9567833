// Buttons that do something: they ask whether one is sure, act, and say what came of it.
import { App, Button, Drawer, type ButtonProps } from "antd";
import { useEffect, useRef, useState, type ReactNode } from "react";
import { askAgain, defineWords, Refusal, useLanguage, type MethodName } from "../../kit";
import type { Said } from "../../kit/words";
import { appCall, type Who } from "./app";
import { DerivedForm, type FormProps } from "./form/DerivedForm";
import type { Ask } from "./list/shape";
import { useMethod } from "./schema";

const useWords = defineWords({
  sure: { zh: "确定吗？", en: "Are you sure?" },
  back: { zh: "取消", en: "Cancel" },
  done: { zh: "已完成", en: "Done" },
});

interface Props {
  method: MethodName;
  ask?: Ask;
  label: Said;
  sure?: Said | false; // what is asked before; false: nothing
  done?: Said;
  danger?: boolean;
  icon?: ReactNode;
  type?: ButtonProps["type"];
  size?: ButtonProps["size"];
  disabled?: boolean;
  changes?: string[];
  onDone?: (answer: any) => void; // eslint-disable-line @typescript-eslint/no-explicit-any
  as?: Who;
}

export function Act({
  method,
  ask = {},
  label,
  sure,
  done,
  danger,
  icon,
  type,
  size,
  disabled,
  changes = [],
  onDone,
  as,
}: Props) {
  const info = useMethod(method);
  const language = useLanguage();
  const w = useWords();
  const { modal, message } = App.useApp();
  const [acting, setActing] = useState(false);
  const shown = useRef<{ destroy(): void }>(undefined);
  useEffect(() => () => shown.current?.destroy(), []); // what was asked or said here goes with the page
  const who = as ?? (info.who === "wallet" ? "person" : "app");

  const act = async () => {
    setActing(true);
    try {
      const answer = await appCall(method, ask as never, { as: who });
      await askAgain(...changes);
      void message.success(done?.[language] ?? w.done);
      onDone?.(answer);
    } catch (problem) {
      if (!(problem instanceof Refusal)) throw problem;
      shown.current = modal.error({ title: label[language], content: problem.message });
    } finally {
      setActing(false);
    }
  };
  const ask_first = () => {
    shown.current = modal.confirm({
      title: label[language],
      content: (sure || undefined)?.[language] ?? w.sure,
      okText: label[language],
      cancelText: w.back,
      okButtonProps: { danger },
      onOk: act,
    });
  };
  return (
    <Button
      {...{ danger, icon, type, size, disabled }}
      loading={acting}
      onClick={() => void (sure === false ? act() : ask_first())}
    >
      {label[language]}
    </Button>
  );
}

interface ActFormProps extends FormProps {
  label: Said;
  title?: Said;
  lead?: Said;
  icon?: ReactNode;
  type?: ButtonProps["type"];
  size?: ButtonProps["size"];
  danger?: boolean;
}

/** A button that opens a form. */
export function ActForm({ label, title, lead, icon, type, size, danger, onDone, ...form }: ActFormProps) {
  const language = useLanguage();
  const [open, setOpen] = useState(false);
  const close = () => setOpen(false);
  return (
    <>
      <Button {...{ icon, type, size, danger }} onClick={() => setOpen(true)}>
        {label[language]}
      </Button>
      <Drawer open={open} onClose={close} title={(title ?? label)[language]} size={520} destroyOnHidden>
        {lead && <p className="c-quiet">{lead[language]}</p>}
        <DerivedForm
          submit={label}
          {...form}
          onDone={(answer) => {
            close();
            onDone?.(answer);
          }}
        />
      </Drawer>
    </>
  );
}
