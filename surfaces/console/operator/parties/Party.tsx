// One person or merchant: who that is, what they have, what they sign with, and what may be done about them.
import { PlusOutlined } from "@ant-design/icons";
import { Table } from "antd";
import { defineWords, Empty, useLanguage } from "../../../kit";
import {
  Act,
  ActForm,
  Asked,
  DerivedList,
  DetailOf,
  fieldTitle,
  Go,
  Part,
  Sheet,
  useAppAsk,
  useMethod,
  Wide,
} from "../../shared";
import { kindOf, useApi } from "../../shared/schema";
import { amount } from "../units";

const useWords = defineWords({
  gone: { zh: "没有这个用户号", en: "No account has this number" },
  has: { zh: "名下资产", en: "What they have" },
  nothing: { zh: "还没有任何资产", en: "Nothing of value yet" },
  held: { zh: "其中冻结", en: "Set aside of it" },
  apps: { zh: "应用", en: "Applications" },
  noApps: {
    zh: "还没有应用。商家和服务商用应用来调用接口。",
    en: "No applications yet. Merchants and service providers call with one.",
  },
  journal: { zh: "看流水", en: "In the journal" },
  about: { zh: "资料", en: "About" },
});

const CHANGES = ["kaifang.account.party.list"];

export default function Party({ user_id }: { user_id: string }) {
  const w = useWords();
  const { schemas } = useApi();
  const found = useAppAsk("kaifang.account.party.list", { text: user_id });
  const info = useMethod("kaifang.account.party.list");
  const rows = kindOf(info.answers[0]!.properties!.parties!, schemas);
  const party = found.data?.parties.find((one) => one.user_id === user_id);
  const extra = party && <Acts user_id={user_id} status={party.status} />;
  return (
    <Sheet
      title={party?.name ?? user_id}
      lead={<Go to={`operator/journal/of/${user_id}`}>{w.journal}</Go>}
      extra={extra}
    >
      <Asked of={found} empty={w.gone} none={() => !party}>
        {() => (
          <div className="c-columns">
            <Part title={w.about}>
              <DetailOf data={party!} schema={kindOf(rows.items!, schemas)} />
            </Part>
            <Has owner={user_id} />
          </div>
        )}
      </Asked>
      {party && (
        <Part title={w.apps} extra={<NewApp party={user_id} />}>
          <DerivedList
            method="kaifang.openapp.app.list"
            ask={{ party: user_id }}
            shows={["name", "app_id", "role", "kind", "state", "rate"]}
            order={["name"]}
            detail
            empty={w.noApps}
          />
        </Part>
      )}
    </Sheet>
  );
}

function Acts({ user_id, status }: { user_id: string; status: string }) {
  const method = "kaifang.account.party.change";
  return (
    <>
      <ActForm
        method={method}
        label={{ zh: "更改资料", en: "Change" }}
        ask={{ user_id }}
        fields={{ status: { hidden: true } }}
        changes={CHANGES}
      />
      {status === "NORMAL" && (
        <Act
          method={method}
          ask={{ user_id, status: "BLOCKED" }}
          label={{ zh: "冻结", en: "Block" }}
          sure={{
            zh: "冻结后不能付款，可以随时解冻。",
            en: "Who is blocked cannot pay; it can be undone at any time.",
          }}
          changes={CHANGES}
        />
      )}
      {status === "BLOCKED" && (
        <Act
          method={method}
          ask={{ user_id, status: "NORMAL" }}
          label={{ zh: "解冻", en: "Unblock" }}
          sure={false}
          changes={CHANGES}
        />
      )}
      {status !== "CLOSED" && (
        <Act
          method={method}
          ask={{ user_id, status: "CLOSED" }}
          label={{ zh: "注销", en: "Close" }}
          sure={{ zh: "注销后无法恢复。", en: "This cannot be undone." }}
          danger
          changes={CHANGES}
        />
      )}
    </>
  );
}

function NewApp({ party }: { party: string }) {
  return (
    <ActForm
      method="kaifang.openapp.app.create"
      ask={{ party }}
      label={{ zh: "新建应用", en: "New application" }}
      icon={<PlusOutlined />}
      size="small"
      changes={["kaifang.openapp.app.list"]}
    />
  );
}

export function Has({ owner }: { owner: string }) {
  const w = useWords();
  const language = useLanguage();
  const asked = useAppAsk("kaifang.log.accounts", { owner });
  const title = (name: string) => fieldTitle(name)[language];
  return (
    <Part title={w.has}>
      <Asked of={asked}>
        {({ accounts, holds }) =>
          accounts.length === 0 ? (
            <Empty>{w.nothing}</Empty>
          ) : (
            <>
              <Wide label={w.has}>
                <Table
                  size="small"
                  rowKey="account"
                  dataSource={accounts}
                  pagination={accounts.length > 10 && { size: "small" }}

                  columns={[
                    { title: title("purpose"), dataIndex: "purpose" },
                    { title: title("asset"), dataIndex: "asset" },
                    {
                      title: title("balance"),
                      align: "right",
                      render: (_, row) => <span className="c-money">{amount(row.balance, row.asset)}</span>,
                    },
                  ]}
                />
              </Wide>
              {holds.length > 0 && <h3>{w.held}</h3>}
              {holds.map((one) => (
                <p key={one.hold_id}>
                  <span className="c-money">{amount(one.left, one.asset)}</span> {one.why}{" "}
                  <Go to={`operator/trace/${one.ref}`}>{one.ref}</Go>
                </p>
              ))}
            </>
          )
        }
      </Asked>
    </Part>
  );
}
