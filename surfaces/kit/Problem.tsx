// What went wrong, in the platform's own words; and what a page says that has nothing to show.
import { Component, type ReactNode } from "react";
import { Refusal } from "./refusal";
import { defineWords } from "./words";

const useWords = defineWords({
  again: { zh: "重试", en: "Try again" },
  why: { zh: "查看原因", en: "See why" },
  broken: { zh: "这一页出错了", en: "This page failed" },
  reload: { zh: "重新打开", en: "Reload" },
});

/** A refusal, and a button that asks again. */
export function Problem({ problem, again }: { problem: Error; again?: () => unknown }) {
  const w = useWords();
  const links = problem instanceof Refusal ? problem.links.filter((each) => /^https?:/.test(each.link)) : [];
  return (
    <div className="k-state k-problem" role="alert">
      <p>{problem.message}</p>
      {links.map(({ link }) => (
        <a key={link} href={link} target="_blank" rel="noreferrer">
          {w.why} ({new URL(link).host})
        </a>
      ))}
      {again && (
        <button type="button" onClick={() => void again()}>
          {w.again}
        </button>
      )}
    </div>
  );
}

/** An empty state: what there will be here, and what to do next. */
export function Empty({ children, action }: { children: ReactNode; action?: ReactNode }) {
  return (
    <div className="k-state">
      <p>{children}</p>
      {action}
    </div>
  );
}

/** Keeps what breaks in one page from taking the others along. */
export class ErrorBoundary extends Component<{ children: ReactNode }, { problem: Error | null }> {
  override state: { problem: Error | null } = { problem: null };

  static getDerivedStateFromError(problem: Error) {
    return { problem };
  }

  override render() {
    const { problem } = this.state;
    return problem ? <Broken problem={problem} again={() => this.setState({ problem: null })} /> : this.props.children;
  }
}

function Broken({ problem, again }: { problem: Error; again: () => void }) {
  const w = useWords();
  return (
    <div className="k-state k-problem" role="alert">
      <h1>{w.broken}</h1>
      <p>{problem.message}</p>
      <button type="button" onClick={again}>
        {w.again}
      </button>
      <button type="button" onClick={() => location.reload()}>
        {w.reload}
      </button>
    </div>
  );
}
