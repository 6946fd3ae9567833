// A mini-program's card: who stands behind it, whether one keeps it, and what its merchant has.
import "./home.css";
import { Button } from "antd-mobile";
import { useEffect } from "react";
import { askAgain, defineWords, Problem, useAct, useAsk } from "../../kit";
import { Mark } from "../shell/Mark";
import { Page } from "../shell/Page";
import { Waiting } from "../shell/Waiting";
import { Shelf } from "./Shelf";

const useWords = defineWords({
  app: { zh: "小程序", en: "Mini-program" },
  keep: { zh: "添加到我的小程序", en: "Keep among mine" },
  drop: { zh: "从我的小程序移除", en: "Keep no longer" },
  number: { zh: "应用编号 {id}", en: "App {id}" },
});

export default function MiniApp({ params }: { params: Record<string, string> }) {
  const w = useWords();
  const ask = { app_id: params.id };
  const { data, problem, again } = useAsk("kaifang.service.app.open", ask, { keep: 60_000 });
  const keeping = useAct("kaifang.service.app.keep", { changes: ["kaifang.service.app."] });
  useEffect(() => {
    if (data) void askAgain("kaifang.service.app.mine"); // it was opened just now
  }, [data]);
  return (
    <Page title={data?.name ?? w.app}>
      {problem && <Problem problem={problem} again={again} />}
      {!data && !problem && <Waiting />}
      {data && (
        <>
          <section className="box">
            <div className="who">
              <Mark name={data.name} id={data.app_id} />
              <span>
                <strong>{data.name}</strong>
                <span className="quiet">{w("number", { id: data.app_id })}</span>
              </span>
            </div>
            <Button
              block
              color={data.favorite ? "default" : "primary"}
              loading={keeping.acting}
              onClick={() => void keeping.act({ ...ask, keep: !data.favorite })}
            >
              {data.favorite ? w.drop : w.keep}
            </Button>
            {keeping.problem && <Problem problem={keeping.problem} />}
          </section>
          <Shelf merchant={data.merchant} />
        </>
      )}
    </Page>
  );
}
