// A card that a friend gives by a link: taken with one tap.
import { Button } from "antd-mobile";
import { useState } from "react";
import { defineWords, moment, Problem, useAct, useAsk } from "../../kit";
import { Waiting } from "../shell/Waiting";
import { Blessing } from "./Blessing";
import { OnItsWay, type Handover } from "./Friends";
import { Reveal } from "./Reveal";
import { WufuPage } from "./WufuPage";

const useWords = defineWords({
  title: { zh: "好友送福", en: "A card from a friend" },
  from: { zh: "{friend}送你一张{name}", en: "{friend} gives you {name}" },
  until: { zh: "{until}前有效", en: "until {until}" },
  take: { zh: "收下", en: "Take it" },
  over: { zh: "这张卡已被领取或退回", en: "It was taken, or is back with whoever gave it." },
  album: { zh: "看我的福卡", en: "See my cards" },
});

export default function Gift({ params }: { params: Record<string, string> }) {
  const w = useWords();
  const asked = useAsk("kaifang.wufu.card.look", { handover_id: params.handover });
  return (
    <WufuPage title={w.title} back="/wufu">
      {asked.problem && <Problem problem={asked.problem} again={asked.again} />}
      {asked.loading && <Waiting />}
      {asked.data && (asked.data.mine ? <OnItsWay one={asked.data} /> : <ToTake gift={asked.data} />)}
    </WufuPage>
  );
}

function ToTake({ gift }: { gift: Handover }) {
  const w = useWords();
  const [taken, setTaken] = useState(false);
  const { act, problem, acting } = useAct("kaifang.wufu.card.accept", { changes: ["kaifang.wufu."] });
  const album = (
    <a className="act" href={`#/wufu/${gift.campaign_id}`}>
      {w.album}
    </a>
  );
  const name = gift.gives_name ?? "";
  if (taken) return <Reveal name={name}>{album}</Reveal>;
  if (gift.state !== "WAITING") {
    return (
      <section className="box done">
        <p>{w.over}</p>
        {album}
      </section>
    );
  }
  const take = async () => setTaken(Boolean(await act({ handover_id: gift.handover_id })));
  return (
    <section className="box done">
      <Blessing name={name} size="large" />
      <p>{w("from", { friend: gift.friend ?? "", name })}</p>
      <p className="quiet">{w("until", { until: moment(gift.until) })}</p>
      {problem && <Problem problem={problem} />}
      <Button color="primary" size="large" loading={acting} onClick={() => void take()}>
        {w.take}
      </Button>
    </section>
  );
}
