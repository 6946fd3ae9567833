// The frame of every page: its title, the way back, what can be done here, and its content.
import { LeftOutline } from "antd-mobile-icons";
import { useEffect, type ReactNode } from "react";
import { useLocation } from "wouter";
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
  const [, go] = useLocation();
  useEffect(() => {
    document.title = `${title} · Kaifang 开放`;
    window.scrollTo(0, 0);
  }, [title]);
  const leave = () => (window.history.length > 1 ? window.history.back() : go(back || "/"));
  return (
    <>
      <header className="top">
        {back !== false && (
          <button type="button" className="top-back" aria-label={w.back} onClick={leave}>
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
