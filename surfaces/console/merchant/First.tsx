// The first page of this role.
import { useLanguage } from "../../kit";
import { Sheet, useApp } from "../shared";

export default function First() {
  const language = useLanguage();
  return (
    <Sheet title={language === "zh" ? "商家" : "Merchant"}>
      <p>{useApp().name}</p>
    </Sheet>
  );
}
