// A button that asks once more before it does what cannot be undone.
import { Button } from "antd-mobile";
import { useId, useRef, type ReactNode } from "react";

interface Props {
  children: ReactNode;
  question: string;
  yes: string;
  no: string;
  busy: boolean;
  main?: boolean; // what the page is for
  act(): void;
}

export function SureButton({ children, question, yes, no, busy, main, act }: Props) {
  const name = useId();
  const dialog = useRef<HTMLDialogElement>(null);
  const sure = () => {
    dialog.current?.close();
    act();
  };
  const look = main
    ? ({ block: true, color: "primary", size: "large", className: "m-main" } as const)
    : { size: "small" as const };
  return (
    <>
      <Button {...look} loading={busy} onClick={() => dialog.current?.showModal()}>
        {children}
      </Button>
      <dialog ref={dialog} className="m-sure" aria-labelledby={name}>
        <p id={name}>{question}</p>
        <div className="m-two">
          <Button onClick={() => dialog.current?.close()}>{no}</Button>
          <Button color="primary" onClick={sure}>
            {yes}
          </Button>
        </div>
      </dialog>
    </>
  );
}
