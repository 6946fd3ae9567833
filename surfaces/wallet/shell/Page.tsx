// The frame of every page: its title, the way back, what can be done here, and its content.
import { LeftOutline } from "antd-mobile-icons";
import { useEffect, type ReactNode } from "react";
import { navigate } from "wouter/use-hash-location";
import { defineWords } from "../../kit";

const useWords = defineWords({ back: { zh: "返回", en: "Back" } });

interface Props {
  title: string;
  back?: string | false; // where "back" leads if there is nothing to go back to; false on the pages of the tab bar
  action?: ReactNode;
  children: ReactNode;
}

export function Page({ title, back = "/", action, children }: Props) {
  const w = useWords();
  useTitle(title);
  return (
    <>
      <header className="top">
        {back !== false && (
          <button type="button" className="top-back" aria-label={w.back} onClick={() => leave(back || "/")}>
            <LeftOutline aria-hidden />
          </button>
        )}
        <h1>{title}</h1>
        <div className="top-action">{action}</div>
      </header>
      <main className="page">{children}</main>
    </>
  );
}

/** A page begins at its top, under its own name. */
export function useTitle(title: string): void {
  useEffect(() => {
    document.title = `${title} · Kaifang 开放`;
  }, [title]);
  useEffect(() => void window.scrollTo(0, 0), []);
}

/** Go back to where one came from, or to a page where that was nowhere. */
export function leave(otherwise: string): void {
  if (window.history.length > 1) window.history.back();
  else navigate(otherwise);
}
