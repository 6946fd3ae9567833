// Every application: how often it may call, and whether it may call at all.
import { defineWords } from "../../../kit";
import { Act, ActForm, DerivedList, Go, Sheet } from "../../shared";

const useWords = defineWords({
  title: { zh: "应用与限流", en: "Applications and limits" },
  lead: {
    zh: "每个应用每秒可调用多少次（0 为不限），以及是否上线。下线的应用会收到 not-online-app。",
    en:
      "How many calls a second each may make (0: any number), and whether it is " +
      "online. One that is not hears not-online-app.",
  },
});

const METHOD = "kaifang.openapp.app.change";
const CHANGES = ["kaifang.openapp.app.list"];

interface App {
  app_id: string;
  party: string;
  name: string;
  state: string;
  rate: number;
}

export default function Apps() {
  const w = useWords();
  return (
    <Sheet title={w.title} lead={w.lead}>
      <DerivedList
        method="kaifang.openapp.app.list"
        shows={["name", "app_id", "party", "role", "state", "rate"]}
        order={["name"]}
        columns={{ party: { render: (value: string) => <Go to={`operator/parties/${value}`}>{value}</Go> } }}
        actions={(row) => <Acts app={row} />}
        detail
      />
    </Sheet>
  );
}

function Acts({ app }: { app: App }) {
  const { app_id, state, rate } = app;
  if (state === "CLOSED") return null;
  const online = state === "ONLINE";
  return (
    <>
      <ActForm
        method={METHOD}
        ask={{ app_id }}
        initial={{ rate }}
        fields={ONLY_RATE}
        label={{ zh: "限流", en: "Limit" }}
        lead={{ zh: "每秒最多调用次数，0 为不限。", en: "Calls a second at most; 0: as many as it likes." }}
        size="small"
        changes={CHANGES}
      />
      <Act
        method={METHOD}
        ask={{ app_id, state: online ? "OFFLINE" : "ONLINE" }}
        label={online ? { zh: "下线", en: "Take down" } : { zh: "上线", en: "Put up" }}
        sure={
          online && {
            zh: "它的调用会立刻被拒绝，可以再上线。",
            en: "Its calls are refused at once; it can be put up again.",
          }
        }
        size="small"
        changes={CHANGES}
      />
    </>
  );
}

const OTHERS = "name public_key cert_mode sign_type message_style aes_key callback gateway open_ids state";
const ONLY_RATE = Object.fromEntries(OTHERS.split(" ").map((name) => [name, { hidden: true }]));
