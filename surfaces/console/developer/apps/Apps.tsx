// The applications of the signed-in person.
import { defineWords } from "../../../kit";
import { DerivedList, Sheet } from "../../shared";

const useWords = defineWords({
  title: { zh: "应用", en: "Applications" },
  lead: { zh: "每次调用都由一个应用签名。", en: "Every call is signed by an application." },
});

export default function Apps() {
  const w = useWords();
  return (
    <Sheet title={w.title} lead={w.lead}>
      <DerivedList method="kaifang.openapp.app.list" as="person" filters={{ party: false }} detail />
    </Sheet>
  );
}
