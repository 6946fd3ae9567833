// What waits for somebody's look, kind by kind: each list with its two answers.
import { Tabs } from "antd";
import { defineWords } from "../../../kit";
import { Sheet } from "../../shared";
import { Complaints, Fields, Merchants, Onboarding, Services, Solutions, Texts } from "./lists";

const useWords = defineWords({
  title: { zh: "审核", en: "Reviews" },
  lead: {
    zh: "等人看一眼的事情；每个决定都会告诉申请方。",
    en: "What waits for somebody's look; whoever asked hears of each decision.",
  },
  texts: { zh: "内容", en: "Texts" },
  merchants: { zh: "商户与门店", en: "Merchants and shops" },
  onboarding: { zh: "代入驻", en: "Onboarding" },
  services: { zh: "服务", en: "Services" },
  solutions: { zh: "入驻方案", en: "Solutions" },
  fields: { zh: "用户信息申请", en: "Private data" },
  complaints: { zh: "投诉", en: "Complaints" },
});

export default function Reviews() {
  const w = useWords();
  const items = [
    { key: "texts", label: w.texts, children: <Texts /> },
    { key: "merchants", label: w.merchants, children: <Merchants /> },
    { key: "onboarding", label: w.onboarding, children: <Onboarding /> },
    { key: "services", label: w.services, children: <Services /> },
    { key: "solutions", label: w.solutions, children: <Solutions /> },
    { key: "fields", label: w.fields, children: <Fields /> },
    { key: "complaints", label: w.complaints, children: <Complaints /> },
  ];
  return (
    <Sheet title={w.title} lead={w.lead}>
      <Tabs items={items} />
    </Sheet>
  );
}
