// Scanning a code with the camera, out of a picture, or typed; the platform says what it means.
import { Button } from "antd-mobile";
import { PictureOutline } from "antd-mobile-icons";
import { useEffect, useRef, useState, type FormEvent, type RefObject } from "react";
import { useLocation } from "wouter";
import { call, defineWords, Problem, Refusal } from "../../kit";
import { Page } from "../shell/Page";
import { codeIn, codeInFile } from "./scanning";
import "./money.css";

const useWords = defineWords({
  title: { zh: "扫一扫", en: "Scan" },
  aim: { zh: "把二维码放进画面", en: "Bring a code into view" },
  camera: { zh: "摄像头画面", en: "What the camera sees" },
  noCamera: {
    zh: "没有得到摄像头。可以选一张图片，或输入码的内容。",
    en: "There is no camera. Choose a picture, or type what the code says.",
  },
  picture: { zh: "从图片识别", en: "Read a picture" },
  none: { zh: "图片里没有找到二维码", en: "There is no code in this picture" },
  text: { zh: "码的内容或订单号", en: "What the code says, or an order number" },
  open: { zh: "打开", en: "Open" },
});

export default function Scan() {
  const w = useWords();
  const [problem, setProblem] = useState<Error>();
  const [typed, setTyped] = useState("");
  const open = useOpen(setProblem);
  const video = useRef<HTMLVideoElement>(null);
  const camera = useCamera(video, (code) => void open(code));
  const choose = async (file: File | undefined) => {
    const code = file && (await codeInFile(file));
    if (code) await open(code);
    else if (file) setProblem(new Error(w.none));
  };
  const submit = (event: FormEvent) => {
    event.preventDefault();
    void open(typed.trim());
  };
  return (
    <Page title={w.title} back="/money">
      <figure className="m-camera">
        <video ref={video} muted playsInline aria-label={w.camera} />
        <figcaption>{camera === "none" ? w.noCamera : w.aim}</figcaption>
      </figure>
      {problem && <Problem problem={problem} />}
      <label className="box m-row m-file">
        <PictureOutline aria-hidden />
        <span>{w.picture}</span>
        <input
          type="file"
          accept="image/*"
          onChange={(event) => {
            void choose(event.target.files?.[0]);
            event.target.value = "";
          }}
        />
      </label>
      <form className="box m-form" onSubmit={submit}>
        <label>
          {w.text}
          <input
            required
            maxLength={2048}
            autoComplete="off"
            value={typed}
            onChange={(event) => setTyped(event.target.value)}
          />
        </label>
        <Button block type="submit">
          {w.open}
        </Button>
      </form>
    </Page>
  );
}

/** Go where a code leads; a code that leads nowhere is said once, until another is seen. */
function useOpen(fail: (problem: Error) => void): (code: string) => Promise<void> {
  const [, go] = useLocation();
  const last = useRef({ code: "", at: 0 });
  return async (code) => {
    if (last.current.code === code && Date.now() - last.current.at < 5_000) return;
    last.current = { code, at: Date.now() };
    try {
      const { path, page, app_id } = await call("kaifang.wallet.scan", { code });
      if (path) go(`/money/pay/${path.split("/").pop()}`, { replace: true });
      else if (page) go(page, { replace: true });
      else go(`/app/${app_id}`, { replace: true });
    } catch (refused) {
      if (!(refused instanceof Refusal)) throw refused;
      fail(refused);
    }
  };
}

const EVERY = 200; // milliseconds between looks

/** The camera for as long as the page is open; `found` hears each code that it sees. */
function useCamera(video: RefObject<HTMLVideoElement | null>, found: (code: string) => void): "asked" | "on" | "none" {
  const [state, setState] = useState<"asked" | "on" | "none">("asked");
  const latest = useRef(found);
  latest.current = found;
  useEffect(() => {
    let over = false;
    const begun = begin(video.current!).then(
      (stream) => {
        if (!over) setState("on");
        return stream;
      },
      () => void (over || setState("none")),
    );
    const timer = setInterval(async () => {
      const code = video.current?.videoWidth ? await codeIn(video.current) : undefined;
      if (code && !over) latest.current(code);
    }, EVERY);
    return () => {
      over = true;
      clearInterval(timer);
      void begun.then((stream) => stream?.getTracks().forEach((track) => track.stop()));
    };
  }, []);
  return state;
}

async function begin(video: HTMLVideoElement): Promise<MediaStream> {
  const stream = await navigator.mediaDevices.getUserMedia({ video: { facingMode: "environment" } });
  video.srcObject = stream;
  await video.play();
  return stream;
}
