// The merchants who let this application act for them: for what, and how its tokens stand.
import { Tag } from "antd";
import { defineWords, useLanguage } from "../../../kit";
import { Act, DerivedList, Sheet, useApi } from "../../shared";

const useWords = defineWords({
  title: { zh: "服务的商家", en: "Merchants served" },
  lead: {
    zh: "授权您代为调用的商家应用、授权范围与令牌状态。",
    en: "Whose applications let you act for them, for what, and how your tokens stand.",
  },
  empty: {
    zh: "还没有商家授权。把授权页的地址发给商家，对方同意后就会出现在这里。",
    en: "No merchant has authorised you yet. Send one the address of the consent page; who agrees stands here.",
  },
  all: { zh: "全部能力", en: "everything" },
  none: { zh: "未换取", en: "not fetched" },
  valid: { zh: "有效", en: "valid" },
  void: { zh: "已失效", en: "void" },
});

export default function Merchants() {
  const w = useWords();
  return (
    <Sheet title={w.title} lead={w.lead}>
      <DerivedList
        method="kaifang.openapp.authorisation.served"
        rows="merchants"
        id="auth_app_id"
        order={["merchant_name", "auth_app_name"]}
        shows={["merchant_name", "auth_app_name", "auth_app_id", "capabilities", "state", "token", "since"]}
        columns={{
          capabilities: { render: (value?: string[]) => <Scopes names={value} /> },
          token: { render: (value: string) => <Token state={value} /> },
        }}
        actions={({ auth_app_id, state }) =>
          state === "VALID" && (
            <Act
              method="alipay.open.auth.app.cancel"
              ask={{ auth_app_id }}
              label={{ zh: "归还授权", en: "Give back" }}
              sure={{
                zh: "令牌立即失效，要再服务需商家重新授权。",
                en: "Your tokens end at once; the merchant has to authorise you anew.",
              }}
              size="small"
              danger
              changes={["kaifang.openapp.authorisation.served"]}
            />
          )
        }
        empty={w.empty}
        detail
      />
    </Sheet>
  );
}

function Scopes({ names }: { names?: string[] }) {
  const w = useWords();
  const language = useLanguage();
  const { capabilities } = useApi();
  if (!names) return <Tag color="blue">{w.all}</Tag>;
  const title = (name: string) => {
    const known = capabilities.find((one) => one.name === name);
    return known ? (language === "zh" ? known.zh : known.title) : name;
  };
  return (
    <span className="c-several">
      {names.map((name) => (
        <Tag key={name}>{title(name)}</Tag>
      ))}
    </span>
  );
}

function Token({ state }: { state: string }) {
  const w = useWords();
  if (state === "VALID") return <Tag color="green">{w.valid}</Tag>;
  return state === "VOID" ? <Tag>{w.void}</Tag> : <Tag color="gold">{w.none}</Tag>;
}
