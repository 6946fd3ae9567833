// What somebody asks one to agree to: who, what exactly, until when; yes or no.
import { Button } from "antd-mobile";
import { defineWords, moment, Problem, useAct, useAsk, useLanguage, type Answer } from "../../kit";
import { Mark } from "../shell/Mark";
import { Page } from "../shell/Page";
import { Waiting } from "../shell/Waiting";

type Question = Answer<"kaifang.proposal.look">;

const useWords = defineWords({
  title: { zh: "请你答复", en: "You are asked" },
  until: { zh: "{until}前答复", en: "Answer before {until}" },
  yes: { zh: "同意", en: "Agree" },
  no: { zh: "不同意", en: "Refuse" },
  AGREED: { zh: "你已同意", en: "You agreed" },
  REFUSED: { zh: "你没有同意", en: "You refused" },
  WITHDRAWN: { zh: "对方已撤回", en: "It was withdrawn" },
  LAPSED: { zh: "已过期", en: "It has lapsed" },
});

export default function Asked({ params }: { params: Record<string, string> }) {
  const w = useWords();
  const { data, problem, again } = useAsk("kaifang.proposal.look", { proposal_id: params.id });
  return (
    <Page title={w.title} back="/messages">
      {problem && <Problem problem={problem} again={again} />}
      {!data && !problem && <Waiting />}
      {data && <Asks question={data} />}
    </Page>
  );
}

function Asks({ question }: { question: Question }) {
  const w = useWords();
  const language = useLanguage();
  const { act, acting, problem } = useAct("kaifang.proposal.answer", { changes: ["kaifang.proposal."] });
  const answer = (agree: boolean) => void act({ proposal_id: question.proposal_id, agree });
  return (
    <section className="box">
      <div className="who">
        <Mark name={question.proposer_name} id={question.proposer} />
        <span>
          <strong>{question.proposer_name}</strong>
          <span className="quiet">{w("until", { until: moment(question.until) })}</span>
        </span>
      </div>
      <p>{question[language]}</p>
      <dl className="facts">
        {question.points.map((point) => (
          <div key={point.en}>
            <dt>{point[language]}</dt>
            <dd>{point.value}</dd>
          </div>
        ))}
      </dl>
      {question.state === "OPEN" ? (
        <div className="two">
          <Button block size="large" loading={acting} onClick={() => answer(false)}>
            {w.no}
          </Button>
          <Button block size="large" color="primary" loading={acting} onClick={() => answer(true)}>
            {w.yes}
          </Button>
        </div>
      ) : (
        <p role="status">{w[question.state as "AGREED"]}</p>
      )}
      {problem && <Problem problem={problem} />}
    </section>
  );
}
