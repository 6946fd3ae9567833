// Checking that chance was fair: the promise before, the seed after, and this device drawing everything again.
import { Button } from "antd-mobile";
import { useState } from "react";
import { call, defineWords, Problem, Refusal, useAsk } from "../../kit";
import { Waiting } from "../shell/Waiting";
import { commitment, Seed, wrongDraws, wrongShares, type Promised, type Split } from "./fair";
import { WufuPage } from "./WufuPage";

const useWords = defineWords({
  title: { zh: "验证公平", en: "Check that it is fair" },
  how: {
    zh: "活动开始前，平台公布了种子的指纹；开奖后公布种子。所有抽卡和分奖都由种子算出，任何人都能重算。",
    en: "Before it began the platform told a seed's fingerprint, and the seed after: all draws and shares follow.",
  },
  promise: { zh: "指纹（SHA-256）", en: "Fingerprint (SHA-256)" },
  seed: { zh: "种子", en: "Seed" },
  secret: { zh: "开奖后公布", en: "Told after the opening" },
  odds: { zh: "概率", en: "Odds" },
  run: { zh: "在这台设备上重算", en: "Work it out again on this device" },
  running: { zh: "正在重算…", en: "Working it out…" },
  kept: { zh: "种子与事先公布的指纹一致", en: "The seed is the one that was promised" },
  broken: { zh: "种子与指纹不一致", en: "The seed is not the one that was promised" },
  draws: { zh: "重算了{count}次抽卡，{wrong}次不符", en: "{count} draws worked out again, {wrong} of them wrong" },
  shares: { zh: "重算了{count}份奖金，{wrong}份不符", en: "{count} shares worked out again, {wrong} of them wrong" },
  whole: { zh: "每人一份，合计{total}，一分不差", en: "One share each, {total} in all, to the fen" },
  notWhole: { zh: "合计或人数与公布的不符", en: "Their sum or number is not what was told" },
  page: { zh: "公开验证页（无需登录）", en: "The public page, without signing in" },
});

export default function Fair({ params }: { params: Record<string, string> }) {
  const w = useWords();
  const asked = useAsk("kaifang.wufu.fair", { campaign_id: params.id, limit: 1 });
  return (
    <WufuPage title={w.title} back={`/wufu/${params.id}`}>
      <p>{w.how}</p>
      {asked.problem && <Problem problem={asked.problem} again={asked.again} />}
      {asked.loading && <Waiting />}
      {asked.data && <Told told={asked.data} />}
      {asked.data?.seed && <Check id={params.id} />}
      <a href={`/fair/${encodeURIComponent(params.id)}`}>{w.page}</a>
    </WufuPage>
  );
}

function Told({ told }: { told: Promised }) {
  const w = useWords();
  return (
    <section className="box">
      <h2>{w.promise}</h2>
      <code className="seed">{told.commitment}</code>
      <h2>{w.seed}</h2>
      {told.seed ? <code className="seed">{told.seed}</code> : <p className="quiet">{w.secret}</p>}
    </section>
  );
}

type Finding = { good: boolean; said: string };

function Check({ id }: { id: string }) {
  const w = useWords();
  const [found, setFound] = useState<Finding[]>();
  const [running, setRunning] = useState(false);
  const [problem, setProblem] = useState<Refusal>();
  const run = async () => {
    setRunning(true);
    setProblem(undefined);
    try {
      setFound(await findings(id, w));
    } catch (refused) {
      if (!(refused instanceof Refusal)) throw refused;
      setProblem(refused);
    } finally {
      setRunning(false);
    }
  };
  return (
    <section className="box">
      <Button block color="primary" size="large" loading={running} loadingText={w.running} onClick={() => void run()}>
        {w.run}
      </Button>
      {problem && <Problem problem={problem} again={run} />}
      <ul className="findings" aria-live="polite">
        {found?.map(({ good, said }) => (
          <li key={said} className={good ? "good" : "bad"}>
            {good ? "✓" : "✗"} {said}
          </li>
        ))}
      </ul>
    </section>
  );
}

async function findings(id: string, w: ReturnType<typeof useWords>): Promise<Finding[]> {
  const promised = await allDraws(id);
  if (!promised.seed) return [];
  const split = await allShares(id);
  const kept = (await commitment(promised.seed)) === promised.commitment;
  const seed = await Seed.of(promised.seed);
  const draws = { count: promised.draws.length, wrong: await wrongDraws(seed, id, promised.rules, promised.draws) };
  const shared = await wrongShares(seed, split);
  return [
    { good: kept, said: kept ? w.kept : w.broken },
    { good: !draws.wrong, said: w("draws", draws) },
    { good: !shared.wrong, said: w("shares", { count: split.shares.length, wrong: shared.wrong }) },
    { good: shared.whole, said: shared.whole ? w("whole", { total: split.total }) : w.notWhole },
  ];
}

async function allDraws(campaign_id: string): Promise<Promised> {
  const told = await call("kaifang.wufu.fair", { campaign_id });
  for (let more = told.more; more;) {
    const page = await call("kaifang.wufu.fair", { campaign_id, after: more });
    told.draws.push(...page.draws);
    more = page.more;
  }
  return told;
}

async function allShares(campaign_id: string): Promise<Split> {
  const told = await call("kaifang.wufu.shares", { campaign_id });
  for (let more = told.more; more;) {
    const page = await call("kaifang.wufu.shares", { campaign_id, after: more });
    told.shares.push(...page.shares);
    more = page.more;
  }
  return told;
}
