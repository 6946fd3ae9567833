// A picture whose bytes a method answers: {type, content}.
import { useEffect, useState, type ReactNode } from "react";
import { useAsk, type AskAs } from "./ask";
import type { Ask, MethodName } from "./methods";

interface Props<M extends MethodName> extends AskAs {
  method: M;
  ask: Ask<M> | null;
  alt: string;
  className?: string;
  instead?: ReactNode; // where there is no picture, or none yet
}

const SHOWN = /^image\/(png|jpeg|gif|webp|bmp)$/; // never SVG, which could hold a program
const AN_HOUR = 3_600_000;

export function Picture<M extends MethodName>({ method, ask, alt, className, instead, ...as }: Props<M>) {
  const { data } = useAsk(method, ask, { keep: AN_HOUR, ...as });
  const address = useAddress(data as { type: string; content: string } | undefined);
  if (!address) return <>{instead ?? <span className="k-picture" role="img" aria-label={alt} />}</>;
  return <img className={className} src={address} alt={alt} />;
}

function useAddress(picture: { type: string; content: string } | undefined): string | undefined {
  const [address, setAddress] = useState<string>();
  useEffect(() => {
    if (!picture || !SHOWN.test(picture.type)) return setAddress(undefined);
    const bytes = Uint8Array.from(atob(picture.content), (letter) => letter.charCodeAt(0));
    const made = URL.createObjectURL(new Blob([bytes], { type: picture.type }));
    setAddress(made);
    return () => URL.revokeObjectURL(made);
  }, [picture]);
  return address;
}
