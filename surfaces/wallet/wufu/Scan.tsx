// Scanning a 福: with the camera, or from a picture; the platform says whether it is one.
import { Button } from "antd-mobile";
import { useEffect, useRef, useState, type ChangeEvent, type ReactNode } from "react";
import { defineWords, Problem, useAct, useAsk, type Answer } from "../../kit";
import { useOnce } from "../cards/once";
import { chosen, shrunk } from "./photo";
import { Reveal } from "./Reveal";
import { WufuPage } from "./WufuPage";

const useWords = defineWords({
  title: { zh: "扫福", en: "Scan 福" },
  aim: { zh: "对准任意一个“福”字：门上、纸上、屏幕上都行", en: "Aim at any 福: on a door, on paper, on a screen" },
  shoot: { zh: "拍下来", en: "Take the photo" },
  pick: { zh: "从相册选", en: "Choose a picture" },
  looking: { zh: "正在看是不是福…", en: "Looking whether it is one…" },
  noCamera: { zh: "相机打不开，可以从相册选一张", en: "The camera does not open. Choose a picture instead." },
  unreadable: { zh: "这个文件不是能打开的图片", en: "This file is no picture that can be opened." },
  left: { zh: "还能扫{left}次", en: "{left} left" },
  again: { zh: "再扫一个", en: "Scan another" },
  album: { zh: "看我的福卡", en: "See my cards" },
});

export default function Scan({ params }: { params: Record<string, string> }) {
  const w = useWords();
  const once = useOnce();
  const mine = useAsk("kaifang.wufu.mine", { campaign_id: params.id });
  const { act, problem, acting, clear } = useAct("kaifang.wufu.scan", { changes: ["kaifang.wufu."] });
  const [got, setGot] = useState<Answer<"kaifang.wufu.scan">>();
  const left = mine.data && mine.data.daily + mine.data.extra;

  const send = async (photo: string) => {
    const answer = await act({ campaign_id: params.id, photo, out_no: once.no });
    if (!answer) return;
    once.next();
    setGot(answer);
  };
  const wild = mine.data?.cards.find((card) => card.kind === got?.kind)?.wild;
  return (
    <WufuPage title={w.title} back={`/wufu/${params.id}`} className="scan-page">
      {got ? (
        <Reveal name={got.name} wild={wild}>
          {left !== 0 && (
            <Button color="primary" onClick={() => setGot(undefined)}>
              {w.again}
            </Button>
          )}
          <a className="act" href={`#/wufu/${params.id}`}>
            {w.album}
          </a>
        </Reveal>
      ) : (
        <Finder send={send} busy={acting} before={clear}>
          {left !== undefined && <p className="quiet">{w("left", { left })}</p>}
          {problem && <Problem problem={problem} />}
        </Finder>
      )}
    </WufuPage>
  );
}

interface FinderProps {
  send(photo: string): Promise<void>;
  busy: boolean;
  before(): void;
  children: ReactNode;
}

function Finder({ send, busy, before, children }: FinderProps) {
  const w = useWords();
  const { video, open, failed } = useCamera();
  const [unreadable, setUnreadable] = useState(false);
  const shoot = () => {
    before();
    setUnreadable(false);
    if (video.current) void send(shrunk(video.current, true));
  };
  const pick = async (event: ChangeEvent<HTMLInputElement>) => {
    const file = event.target.files?.[0];
    event.target.value = "";
    if (!file) return;
    before();
    const photo = await chosen(file).catch(() => undefined);
    setUnreadable(!photo);
    if (photo) await send(photo);
  };
  return (
    <>
      <div className={busy ? "finder finder-busy" : "finder"}>
        <video ref={video} playsInline muted aria-hidden />
        {!open && (
          <span className="finder-fu" aria-hidden>
            福
          </span>
        )}
        <span className="finder-frame" aria-hidden />
      </div>
      <p role="status">{busy ? w.looking : failed ? w.noCamera : w.aim}</p>
      <div className="finder-acts">
        <Button color="primary" size="large" disabled={!open || busy} onClick={shoot}>
          {w.shoot}
        </Button>
        <label className={busy ? "pick pick-busy" : "pick"}>
          {w.pick}
          <input type="file" accept="image/*" disabled={busy} onChange={(event) => void pick(event)} />
        </label>
      </div>
      {unreadable && <p role="alert">{w.unreadable}</p>}
      {children}
    </>
  );
}

/** The camera at the back, for as long as the page is open. */
function useCamera() {
  const video = useRef<HTMLVideoElement>(null);
  const [state, setState] = useState<"waiting" | "open" | "failed">("waiting");
  useEffect(() => {
    let stream: MediaStream | undefined;
    let left = false;
    const begin = async () => {
      try {
        stream = await navigator.mediaDevices.getUserMedia({ video: { facingMode: "environment" }, audio: false });
        if (left || !video.current) return stop(stream);
        video.current.srcObject = stream;
        await video.current.play();
        setState("open");
      } catch {
        if (!left) setState("failed");
      }
    };
    void begin();
    return () => {
      left = true;
      if (stream) stop(stream);
    };
  }, []);
  return { video, open: state === "open", failed: state === "failed" };
}

const stop = (stream: MediaStream) => stream.getTracks().forEach((track) => track.stop());
