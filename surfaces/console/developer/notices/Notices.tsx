// What the platform told the app, and what became of it.
import { defineWords } from "../../../kit";
import { DerivedList, Sheet } from "../../shared";

const useWords = defineWords({
  title: { zh: "通知", en: "Notifications" },
  lead: {
    zh: "平台告诉应用的每一件事，以及对方怎么回答。",
    en: "All that the platform told the application, and what came back.",
  },
});

export default function Notices() {
  const w = useWords();
  return (
    <Sheet title={w.title} lead={w.lead}>
      <DerivedList method="kaifang.log.notices" filters={{ app_id: false }} detail />
    </Sheet>
  );
}
