// One capability: its methods, live and not, and the switch that closes it to everybody outside.
import { defineWords, useLanguage } from "../../../kit";
import { Asked, DerivedList, Figure, Sheet, useAppAsk } from "../../shared";
import { Turn } from "../switches/Turn";

const useWords = defineWords({
  gone: { zh: "没有这个能力", en: "There is no such capability" },
  unbuilt: {
    zh: "尚未开放：目录里知道它的接口，但还没有实现。",
    en: "Not built yet: its methods are known, and none is live.",
  },
  official: { zh: "官方接口", en: "Official methods" },
  own: { zh: "自有接口", en: "Own methods" },
  missing: { zh: "尚未开放的接口", en: "Methods not live yet" },
  stories: { zh: "故事", en: "Stories" },
});

export default function Capability({ capability }: { capability: string }) {
  const w = useWords();
  const language = useLanguage();
  const asked = useAppAsk("kaifang.coverage.capabilities", { capability });
  const one = asked.data?.capabilities[0];
  return (
    <Sheet
      title={one ? (language === "zh" ? one.zh : one.title) : capability}
      lead={one && (one.about || w.unbuilt)}
      extra={one?.about && <Turn name={capability} />}
    >
      <Asked of={asked} empty={w.gone} none={() => !one}>
        {() => (
          <div className="c-grid">
            <Figure title={w.official} value={one!.official} />
            <Figure title={w.own} value={one!.own} />
            <Figure title={w.missing} value={one!.missing} />
            <Figure title={w.stories} value={one!.stories} />
          </div>
        )}
      </Asked>
      <DerivedList
        method="kaifang.coverage.methods"
        ask={{ capability }}
        id="method_name"
        shows={["method_name", "live", "who", "about", "stories"]}
        columns={{ who: { render: (value?: string) => value ?? "–" } }}
        actions={(row) => row.live && row.who !== "inside" && <Turn name={row.method_name} small />}
        detail
      />
    </Sheet>
  );
}
