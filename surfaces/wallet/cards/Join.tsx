// Joining: what members get, and what joining tells the merchant. The button is the consent.
import { Button } from "antd-mobile";
import { useState, type FormEvent } from "react";
import { useLocation } from "wouter";
import { defineWords, Problem, useAct, useAsk, yuan, type Answer } from "../../kit";
import { Waiting } from "../shell/Waiting";
import { CardsPage } from "./CardsPage";
import { Face } from "./Face";
import { choicesOf, isWritten, nameOfField, typeOfField } from "./fields";
import { Terms } from "./Terms";

type Offered = Answer<"kaifang.card.template.look">;
type Field = Offered["fields"][number];

const useWords = defineWords({
  title: { zh: "加入会员", en: "Join" },
  tells: { zh: "入会后，{merchant}会知道你的：", en: "Joining tells {merchant} your:" },
  tellsNothing: { zh: "入会不会告诉{merchant}任何个人信息。", en: "Joining tells {merchant} nothing about you." },
  required: { zh: "必填", en: "required" },
  optional: { zh: "选填", en: "as you like" },
  choose: { zh: "请选择", en: "Choose" },
  join: { zh: "同意并加入", en: "Agree and join" },
  leaveLater: { zh: "随时可以退出。", en: "You can leave at any time." },
  sold: { zh: "此卡{price}起，在商家页面购买：", en: "This card is sold from {price}, on its merchant's page:" },
  member: { zh: "你已是会员", en: "You are a member" },
  toCard: { zh: "打开会员卡", en: "Open the card" },
});

export default function Join({ params }: { params: Record<string, string> }) {
  const w = useWords();
  const asked = useAsk("kaifang.card.template.look", { template: params.template });
  return (
    <CardsPage title={w.title} back="/cards/join">
      {asked.problem && <Problem problem={asked.problem} again={asked.again} />}
      {asked.loading && <Waiting />}
      {asked.data && <Content offered={asked.data} exposure={params.exposure} />}
    </CardsPage>
  );
}

function Content({ offered, exposure }: { offered: Offered; exposure?: string }) {
  const promises = offered.promises ?? [];
  return (
    <>
      <Face card={offered} />
      {promises.length > 0 && (
        <ul className="promises">
          {promises.map((promise: string, at: number) => (
            <li key={at}>{promise}</li>
          ))}
        </ul>
      )}
      <Terms terms={offered.terms} />
      <Consent offered={offered} exposure={exposure} />
    </>
  );
}

function Consent({ offered, exposure }: { offered: Offered; exposure?: string }) {
  const w = useWords();
  if (offered.card) {
    return (
      <section className="box">
        <p>{w.member}</p>
        <a className="act" href={`#/cards/card/${offered.card}`}>
          {w.toCard}
        </a>
      </section>
    );
  }
  if (offered.price) return <Sold offered={offered} />;
  return <Form offered={offered} exposure={exposure} />;
}

function Sold({ offered }: { offered: Offered }) {
  const w = useWords();
  const url = offered.selling_url;
  return (
    <section className="box">
      <p>{w("sold", { price: yuan(offered.price) })}</p>
      {url && /^https?:\/\//.test(url) && (
        <a className="act" href={url} target="_blank" rel="noreferrer">
          {new URL(url).host}
        </a>
      )}
    </section>
  );
}

function Form({ offered, exposure }: { offered: Offered; exposure?: string }) {
  const w = useWords();
  const [, go] = useLocation();
  const [told, setTold] = useState<Record<string, string>>({});
  const { act, problem, acting } = useAct("kaifang.card.join", {
    changes: ["kaifang.card.held", "kaifang.card.template.near", "kaifang.card.template.look"],
  });
  const join = async (event: FormEvent) => {
    event.preventDefault();
    const form = Object.fromEntries(Object.entries(told).filter(([, value]) => value));
    const card = await act({ template: offered.template, exposure, form });
    if (card) go(`/cards/card/${card.card}`, { replace: true });
  };
  const merchant = offered.merchant_name;
  return (
    <form className="box consent" onSubmit={(event) => void join(event)}>
      <p>{w(offered.fields.length ? "tells" : "tellsNothing", { merchant })}</p>
      {offered.fields.map((field: Field) => (
        <Asked
          key={field.name}
          field={field}
          value={told[field.name] ?? ""}
          tell={(value) => setTold({ ...told, [field.name]: value })}
        />
      ))}
      {problem && <Problem problem={problem} />}
      <Button block color="primary" size="large" type="submit" loading={acting}>
        {w.join}
      </Button>
      <p className="quiet">{w.leaveLater}</p>
    </form>
  );
}

/** A field: what the platform knows and the merchant requires is told as it is, all else is written by the person. */
function Asked({ field, value, tell }: { field: Field; value: string; tell(value: string): void }) {
  const w = useWords();
  const name = nameOfField(field.name);
  if (field.required && field.value) {
    return (
      <div className="pair">
        {name}
        <span>{field.value}</span>
      </div>
    );
  }
  if (!isWritten(field.name)) return null;
  const { type, hint } = typeOfField(field.name);
  const choices = choicesOf(field.name);
  const shared = {
    value,
    required: field.required,
    onChange: (event: { target: { value: string } }) => tell(event.target.value),
  };
  return (
    <label className="blank">
      <span>
        {name} <small>{field.required ? w.required : w.optional}</small>
      </span>
      {choices ? (
        <select {...shared}>
          <option value="">{w.choose}</option>
          {choices.map((choice) => (
            <option key={choice.value} value={choice.value}>
              {choice.text}
            </option>
          ))}
        </select>
      ) : (
        <input type={type} placeholder={hint} {...shared} />
      )}
    </label>
  );
}
