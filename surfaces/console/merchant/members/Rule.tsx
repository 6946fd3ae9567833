// What members of a card get: points, levels, and what points are exchanged for.
import { Skeleton } from "antd";
import { Problem } from "../../../kit";
import { DerivedForm, useAppAsk } from "../../shared";

const SAVE = { zh: "从现在起这样", en: "From now on" };

export function Rule({ template_id }: { template_id: string }) {
  const { data, problem, again } = useAppAsk("kaifang.card.rule.query", { template_id });
  if (problem) return <Problem problem={problem} again={again} />;
  if (!data) return <Skeleton active />;
  return (
    <DerivedForm
      method="kaifang.card.rule.set"
      ask={{ template_id }}
      initial={{ ...data }}
      submit={SAVE}
      order={["points_per_yuan", "point_months", "levels", "exchanges"]}
      changes={["kaifang.card.rule.query"]}
    />
  );
}
