// Where one has things delivered to; the first counts where nothing else is said.
import { Button, Dialog } from "antd-mobile";
import { useState, type FormEvent } from "react";
import { defineWords, Empty, Problem, useAct, useAsk, type Answer } from "../../kit";
import { Field } from "../shell/Field";
import { Page } from "../shell/Page";
import { Waiting } from "../shell/Waiting";

type Address = Answer<"kaifang.wallet.address.list">["addresses"][number];

const useWords = defineWords({
  title: { zh: "收货地址", en: "Delivery addresses" },
  none: {
    zh: "还没有收货地址，添加一个，购物时就不用再填。",
    en: "There is none yet. Add one, and no shop has to ask.",
  },
  add: { zh: "添加地址", en: "Add an address" },
  edit: { zh: "修改", en: "Edit" },
  remove: { zh: "删除", en: "Remove" },
  sure: { zh: "删除这个地址？", en: "Remove this address?" },
  no: { zh: "取消", en: "Cancel" },
  first: { zh: "默认", en: "Default" },
  prefer: { zh: "设为默认", en: "Make it the default" },
  save: { zh: "保存", en: "Save" },
  fullname: { zh: "收货人", en: "Who receives" },
  mobile: { zh: "手机号", en: "Mobile number" },
  province: { zh: "省", en: "Province" },
  city: { zh: "市", en: "City" },
  area: { zh: "区县", en: "District" },
  address: { zh: "街道门牌", en: "Street and number" },
});

const BLANK: Address = { fullname: "", mobile: "", province: "", city: "", area: "", address: "" };
const FIELDS = [
  { name: "fullname", autoComplete: "name" },
  { name: "mobile", autoComplete: "tel", type: "tel" },
  { name: "province", autoComplete: "address-level1" },
  { name: "city", autoComplete: "address-level2" },
  { name: "area", autoComplete: "address-level3", required: false },
  { name: "address", autoComplete: "street-address" },
] as const;
const MOST = 20;

export default function Addresses() {
  const w = useWords();
  const { data, problem, again } = useAsk("kaifang.wallet.address.list", {});
  return (
    <Page title={w.title} back="/me">
      {problem && <Problem problem={problem} again={again} />}
      {!data && !problem && <Waiting />}
      {data && <List addresses={data.addresses} />}
    </Page>
  );
}

function List({ addresses }: { addresses: Address[] }) {
  const w = useWords();
  const [editing, setEditing] = useState<number>();
  const { act, acting, problem } = useAct("kaifang.wallet.address.set", { changes: ["kaifang.wallet.address.list"] });
  const keep = async (next: Address[]) => {
    if (await act({ addresses: next })) setEditing(undefined);
  };
  const remove = async (at: number) => {
    const sure = await Dialog.confirm({ content: w.sure, confirmText: w.remove, cancelText: w.no });
    if (sure) await keep(addresses.filter((_, place) => place !== at));
  };
  const prefer = (at: number) => keep([addresses[at], ...addresses.filter((_, place) => place !== at)]);
  if (editing !== undefined) {
    const save = (changed: Address) =>
      void keep(
        editing < addresses.length
          ? addresses.map((one, at) => (at === editing ? changed : one))
          : [...addresses, changed],
      );
    return (
      <>
        <Form begin={addresses[editing] ?? BLANK} acting={acting} save={save} leave={() => setEditing(undefined)} />
        {problem && <Problem problem={problem} />}
      </>
    );
  }
  return (
    <>
      {!addresses.length && <Empty>{w.none}</Empty>}
      {addresses.map((one, at) => (
        <section key={JSON.stringify(one)} className="box">
          <strong>
            {one.fullname} {one.mobile} {at === 0 && <span className="chip">{w.first}</span>}
          </strong>
          <p className="quiet">{[one.province, one.city, one.area, one.address].filter(Boolean).join(" ")}</p>
          <div className="acts">
            {at > 0 && (
              <Button size="small" disabled={acting} onClick={() => void prefer(at)}>
                {w.prefer}
              </Button>
            )}
            <Button size="small" disabled={acting} onClick={() => setEditing(at)}>
              {w.edit}
            </Button>
            <Button size="small" disabled={acting} onClick={() => void remove(at)}>
              {w.remove}
            </Button>
          </div>
        </section>
      ))}
      {problem && <Problem problem={problem} />}
      {addresses.length < MOST && (
        <Button block color="primary" size="large" onClick={() => setEditing(addresses.length)}>
          {w.add}
        </Button>
      )}
    </>
  );
}

interface FormProps {
  begin: Address;
  acting: boolean;
  save: (address: Address) => void;
  leave: () => void;
}

function Form({ begin, acting, save, leave }: FormProps) {
  const w = useWords();
  const [typed, setTyped] = useState({ ...BLANK, ...begin });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    save(typed);
  };
  return (
    <form className="box form" aria-label={w.title} onSubmit={submit}>
      {FIELDS.map(({ name, ...more }) => (
        <Field
          key={name}
          required
          maxLength={100}
          label={w[name]}
          value={typed[name]}
          onChange={(event) => setTyped({ ...typed, [name]: event.target.value })}
          {...more}
        />
      ))}
      <div className="two">
        <Button block size="large" onClick={leave}>
          {w.no}
        </Button>
        <Button block size="large" color="primary" type="submit" loading={acting}>
          {w.save}
        </Button>
      </div>
    </form>
  );
}
