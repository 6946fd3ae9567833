// What earns chances, and how one stands in it today.
import { defineWords, Problem, useAsk, type Answer } from "../../kit";

type Task = Answer<"kaifang.wufu.task.mine">["tasks"][number];

const useWords = defineWords({
  title: { zh: "做任务，得抽卡机会", en: "Tasks earn chances" },
  earns: { zh: "+{chances}次", en: "+{chances}" },
  done: { zh: "今天完成{done}/{per_day}", en: "{done} of {per_day} done today" },
  full: { zh: "今天已做满", en: "done for today" },
});

export function Tasks({ id }: { id: string }) {
  const w = useWords();
  const { data, problem, again } = useAsk("kaifang.wufu.task.mine", { campaign_id: id });
  if (problem) return <Problem problem={problem} again={again} />;
  if (!data?.tasks.length) return null;
  return (
    <section className="box">
      <h2>{w.title}</h2>
      <ul className="exchanges">
        {data.tasks.map((task: Task) => (
          <li key={task.task} className={task.left ? undefined : "task-full"}>
            <span>
              <strong>{task.name}</strong>
              <small>
                {task.merchant_name} · {task.left ? w("done", { done: task.done, per_day: task.per_day }) : w.full}
              </small>
            </span>
            <span className="fu-earns">{w("earns", { chances: task.chances })}</span>
          </li>
        ))}
      </ul>
    </section>
  );
}
