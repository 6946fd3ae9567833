// A sheet that comes up from below, over the page: the browser's own dialog, which keeps the focus and hears Escape.
import { CloseOutline } from "antd-mobile-icons";
import { useEffect, useId, useRef, type ReactNode } from "react";
import { defineWords } from "../../kit";

const useWords = defineWords({ close: { zh: "关闭", en: "Close" } });

interface Props {
  title: string;
  open: boolean;
  onClose(): void;
  children: ReactNode;
}

export function Sheet({ title, open, onClose, children }: Props) {
  const w = useWords();
  const name = useId();
  const sheet = useRef<HTMLDialogElement>(null);
  useEffect(() => {
    if (open && !sheet.current?.open) sheet.current?.showModal();
    if (!open) sheet.current?.close();
  }, [open]);
  return (
    <dialog
      ref={sheet}
      className="drawer"
      aria-labelledby={name}
      onClose={onClose}
      onClick={(event) => event.target === sheet.current && onClose()}
    >
      <div className="drawer-body">
        <header>
          <h2 id={name}>{title}</h2>
          <button type="button" className="drawer-close" aria-label={w.close} onClick={onClose}>
            <CloseOutline aria-hidden />
          </button>
        </header>
        {open && children}
      </div>
    </dialog>
  );
}
