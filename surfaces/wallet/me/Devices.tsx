// Where one is signed in, and signing out there.
import { Button, Dialog } from "antd-mobile";
import { defineWords, moment, Problem, signOut, useAct, useAsk, type Answer } from "../../kit";
import { Page } from "../shell/Page";
import { Waiting } from "../shell/Waiting";

type Signed = Answer<"kaifang.wallet.session.list">["sessions"][number];

const useWords = defineWords({
  title: { zh: "登录设备", en: "Signed-in devices" },
  here: { zh: "本机", en: "This device" },
  since: { zh: "{since}登录，{until}前有效", en: "since {since}, until {until}" },
  close: { zh: "退出", en: "Sign out" },
  closeOf: { zh: "退出{device}", en: "Sign out {device}" },
  all: { zh: "退出所有设备", en: "Sign out everywhere" },
  sure: { zh: "包括本机在内的所有设备都要重新登录。", en: "All devices, this one too, will have to sign in again." },
  yes: { zh: "全部退出", en: "Everywhere" },
  no: { zh: "取消", en: "Cancel" },
});

export default function Devices() {
  const w = useWords();
  const { data, problem, again } = useAsk("kaifang.wallet.session.list", {});
  const everywhere = useAct("kaifang.wallet.session.close");
  const closeAll = async () => {
    const sure = await Dialog.confirm({ content: w.sure, confirmText: w.yes, cancelText: w.no });
    if (sure && (await everywhere.act({}))) await signOut();
  };
  return (
    <Page title={w.title} back="/me">
      {problem && <Problem problem={problem} again={again} />}
      {!data && !problem && <Waiting />}
      {data && (
        <>
          <ul className="box h-lines">
            {data.sessions.map((one) => (
              <li key={one.session_id}>
                <Device one={one} />
              </li>
            ))}
          </ul>
          <Button block size="large" color="danger" fill="outline" onClick={() => void closeAll()}>
            {w.all}
          </Button>
          {everywhere.problem && <Problem problem={everywhere.problem} />}
        </>
      )}
    </Page>
  );
}

function Device({ one }: { one: Signed }) {
  const w = useWords();
  const { act, acting, problem } = useAct("kaifang.wallet.session.close", { changes: ["kaifang.wallet.session.list"] });
  const close = () => void (one.here === "Y" ? signOut() : act({ session_id: one.session_id }));
  return (
    <>
      <div className="h-line">
        <span>
          <strong>
            {one.device} {one.here === "Y" && <span className="chip">{w.here}</span>}
          </strong>
          <span className="quiet">{w("since", { since: moment(one.since), until: moment(one.until) })}</span>
        </span>
        <Button size="small" loading={acting} aria-label={w("closeOf", { device: one.device })} onClick={close}>
          {w.close}
        </Button>
      </div>
      {problem && <Problem problem={problem} />}
    </>
  );
}
