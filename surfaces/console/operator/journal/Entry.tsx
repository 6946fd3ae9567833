// One entry of the journal, with the proof that it is what was written.
import { CheckCircleOutlined, CloseCircleOutlined } from "@ant-design/icons";
import { Alert, Table } from "antd";
import { defineWords, moment } from "../../../kit";
import { Asked, Code, Figure, Go, Part, Sheet, useAppAsk, Wide } from "../../shared";
import { amount, assetOf } from "../units";
import { About, entryPlace, ownerPlace } from "./Journal";

const useWords = defineWords({
  title: { zh: "流水 {writer}/{number}", en: "Entry {writer}/{number}" },
  whole: {
    zh: "与写入时一致：哈希覆盖内容和上一条，每种资产的变动之和为零。",
    en: "As it was written: its hash covers it and the entry before, and the changes of each asset sum to nothing.",
  },
  broken: { zh: "与写入时不一致！", en: "This is not what was written!" },
  when: { zh: "时间", en: "When" },
  why: { zh: "原因", en: "Reason" },
  about: { zh: "关于", en: "About" },
  legs: { zh: "变动", en: "Changes" },
  account: { zh: "账户", en: "Account" },
  change: { zh: "变动", en: "Change" },
  balance: { zh: "之后的余额", en: "Balance afterwards" },
  chain: { zh: "链", en: "The chain" },
  before: { zh: "上一条的哈希", en: "Hash of the entry before" },
  hash: { zh: "本条的哈希", en: "Its own hash" },
  earlier: { zh: "上一条", en: "The one before" },
  later: { zh: "下一条", en: "The next" },
});

export default function Entry({ place }: { place: string }) {
  const w = useWords();
  const [writer = 0, number = 0] = place.split("-").map(Number);
  const asked = useAppAsk("kaifang.log.entry", { writer, number });
  const neighbours = (
    <>
      {number > 1 && <Go to={entryPlace(writer, number - 1)}>{w.earlier}</Go>}
      <Go to={entryPlace(writer, number + 1)}>{w.later}</Go>
    </>
  );
  return (
    <Sheet title={w("title", { writer, number })} extra={neighbours}>
      <Asked of={asked}>
        {(told) => (
          <>
            <Alert
              showIcon
              type={told.whole ? "success" : "error"}
              icon={told.whole ? <CheckCircleOutlined /> : <CloseCircleOutlined />}
              title={told.whole ? w.whole : w.broken}
            />
            <div className="c-grid">
              <Figure title={w.when} value={moment(told.at)} note={told.at} />
              <Figure title={w.why} value={told.why} />
            </div>
            <Part title={w.about}>
              <About number={told.ref} />
            </Part>
            <Part title={w.legs}>
              <Wide label={w.legs}>
                <Table
                  size="small"
                  rowKey={(leg) => `${leg.account} ${leg.change} ${leg.balance}`}
                  dataSource={told.legs}
                  pagination={false}

                  columns={[
                    {
                      title: w.account,
                      render: (_, leg) => (
                        <Go to={ownerPlace(leg.account)}>
                          <span className="c-number">{leg.account}</span>
                        </Go>
                      ),
                    },
                    {
                      title: w.change,
                      align: "right",
                      render: (_, leg) => <span className="c-money">{amount(leg.change, assetOf(leg.account))}</span>,
                    },
                    {
                      title: w.balance,
                      align: "right",
                      render: (_, leg) => <span className="c-money">{amount(leg.balance, assetOf(leg.account))}</span>,
                    },
                  ]}
                />
              </Wide>
            </Part>
            <Part title={w.chain}>
              <Code label={w.before} text={told.before} />
              <Code label={w.hash} text={told.hash} />
            </Part>
          </>
        )}
      </Asked>
    </Sheet>
  );
}
