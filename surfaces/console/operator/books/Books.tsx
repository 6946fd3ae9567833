// The books as a whole: each asset's sum, where value comes from, the chains, and the proofs that were made.
import { SafetyCertificateOutlined } from "@ant-design/icons";
import { Alert, Table } from "antd";
import { defineWords, moment, type Answer } from "../../../kit";
import { Act, Asked, Code, DerivedList, Go, Part, Sheet, useAppAsk, Wide } from "../../shared";
import { amount, assetOf } from "../units";
import { ownerPlace } from "../journal/Journal";
import { Day } from "./Day";

const useWords = defineWords({
  title: { zh: "对账", en: "Reconciliation" },
  lead: {
    zh: "每种资产的所有余额之和为零；每条流水的哈希覆盖上一条。核验会重读全部流水，与每个余额比对。",
    en:
      "All balances of an asset sum to nothing; each entry's hash covers the one before. A proof " +
      "reads every entry again and holds every balance against it.",
  },
  never: { zh: "还没有核验过。", en: "The books were never proved from here." },
  proved: {
    zh: "{at} 核验了 {entries} 条流水、{accounts} 个账户：一切相符。",
    en: "Proved at {at}: {entries} entries and {accounts} accounts, and all is as it should be.",
  },
  broken: { zh: "{at} 的核验发现问题", en: "The proof of {at} found something wrong" },
  assets: { zh: "资产", en: "Assets" },
  asset: { zh: "资产", en: "Asset" },
  accounts: { zh: "账户数", en: "Accounts" },
  circulating: { zh: "流通", en: "In circulation" },
  total: { zh: "总和", en: "Sum" },
  outside: { zh: "外部世界", en: "The world outside" },
  outsideLead: {
    zh: "价值从这里来、到这里去；负数是从那里来的。",
    en: "Where value comes from and goes to; below zero: so much came from there.",
  },
  account: { zh: "账户", en: "Account" },
  balance: { zh: "余额", en: "Balance" },
  chains: { zh: "链", en: "Chains" },
  chain: {
    zh: "进程 #{writer}：{entries} 条，最后一条 {at}",
    en: "Process #{writer}: {entries} entries, the last at {at}",
  },
  proofs: { zh: "做过的核验", en: "Proofs that were made" },
});

type Told = Answer<"kaifang.books.read">;

export default function Books() {
  const w = useWords();
  const asked = useAppAsk("kaifang.books.read", {});
  const prove = (
    <Act
      method="kaifang.books.prove"
      label={{ zh: "现在核验", en: "Prove the books now" }}
      sure={false}
      type="primary"
      icon={<SafetyCertificateOutlined />}
      changes={["kaifang.books.read", "kaifang.books.proofs"]}
    />
  );
  return (
    <Sheet title={w.title} lead={w.lead} extra={prove}>
      <Asked of={asked}>
        {(told) => (
          <>
            <Proved proof={told.proof} />
            <Part title={w.assets}>
              <Assets assets={told.assets} />
            </Part>
            <Part title={w.outside}>
              <p className="c-quiet">{w.outsideLead}</p>
              <Outside outside={told.outside} />
            </Part>
            <Part title={w.chains}>
              {told.chains.map(({ writer, entries, at, head }) => (
                <Code key={writer} label={w("chain", { writer, entries, at: moment(at) })} text={head} />
              ))}
            </Part>
          </>
        )}
      </Asked>
      <Day />
      <Part title={w.proofs}>
        <DerivedList method="kaifang.books.proofs" id="at" empty={w.never} />
      </Part>
    </Sheet>
  );
}

function Proved({ proof }: { proof: Told["proof"] }) {
  const w = useWords();
  if (!proof) return <Alert type="info" showIcon title={w.never} />;
  const at = moment(proof.at);
  if (proof.broken) return <Alert type="error" showIcon title={w("broken", { at })} description={proof.broken} />;
  return (
    <Alert type="success" showIcon title={w("proved", { at, entries: proof.entries, accounts: proof.accounts })} />
  );
}

function Assets({ assets }: { assets: Told["assets"] }) {
  const w = useWords();
  return (
    <Wide label={w.assets}>
      <Table
        size="small"
        rowKey="asset"
        dataSource={assets}
        pagination={assets.length > 10 && { size: "small" }}

        columns={[
          {
            title: w.asset,
            render: (_, one) => (
              <span className="c-number c-clip" title={one.asset}>
                {one.asset}
              </span>
            ),
          },
          { title: w.accounts, align: "right", dataIndex: "accounts" },
          {
            title: w.circulating,
            align: "right",
            render: (_, one) => <span className="c-money">{amount(one.circulating, one.asset)}</span>,
          },
          {
            title: w.total,
            align: "right",
            render: (_, one) => (
              <span className={`c-money ${one.total ? "c-down" : "c-up"}`}>{amount(one.total, one.asset)}</span>
            ),
          },
        ]}
      />
    </Wide>
  );
}

function Outside({ outside }: { outside: Told["outside"] }) {
  const w = useWords();
  return (
    <Wide label={w.outside}>
      <Table
        size="small"
        rowKey="account"
        dataSource={outside}
        pagination={outside.length > 10 && { size: "small" }}

        columns={[
          {
            title: w.account,
            render: (_, one) => (
              <Go to={ownerPlace(one.account)}>
                <span className="c-number c-clip" title={one.account}>
                  {one.account}
                </span>
              </Go>
            ),
          },
          {
            title: w.balance,
            align: "right",
            render: (_, one) => <span className="c-money">{amount(one.balance, assetOf(one.account))}</span>,
          },
        ]}
      />
    </Wide>
  );
}
