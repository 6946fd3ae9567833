// The face of a member's card.
import { useState, type ReactNode } from "react";

export interface FaceOf {
  template: string;
  title: string;
  merchant_name: string;
  brand?: string;
  slogan?: string;
  logo?: string;
  background?: string;
  color?: string;
}

/** White stands on it, so what is too light is not taken. */
export function ground(color: string | undefined): string | undefined {
  const parts = /^rgb\((\d{1,3}),\s*(\d{1,3}),\s*(\d{1,3})\)$/
    .exec(color?.trim() ?? "")
    ?.slice(1)
    .map(Number);
  if (!parts || parts.some((part) => part > 255)) return undefined;
  const [red, green, blue] = parts.map((part) => (part / 255) ** 2.2);
  return red * 0.2126 + green * 0.7152 + blue * 0.0722 < 0.17 ? `rgb(${parts.join(",")})` : undefined;
}

/** Cards without a colour of their own have one of six, always the same. */
export const shade = (template: string) => [...template].reduce((sum, digit) => sum + digit.charCodeAt(0), 0) % 6;

interface Props {
  card: FaceOf;
  level?: string;
  number?: string;
  children?: ReactNode;
}

export function Face({ card, level, number, children }: Props) {
  const own = ground(card.color);
  return (
    <div className={`face face-${shade(card.template)}`} style={own ? { backgroundColor: own } : undefined}>
      <MaybePicture id={card.background} className="face-ground" />
      <div className="face-top">
        <MaybePicture id={card.logo} className="face-logo" />
        <span className="face-brand">{card.brand ?? card.merchant_name}</span>
        {level && <span className="face-level">{level}</span>}
      </div>
      <strong className="face-title">{card.title}</strong>
      {card.slogan && <span className="face-slogan">{card.slogan}</span>}
      <div className="face-bottom">
        {children}
        {number && <span className="face-number">{spaced(number)}</span>}
      </div>
    </div>
  );
}

const spaced = (number: string) => number.replace(/(.{4})(?=.)/g, "$1 ");

/** A picture that a merchant brought; nothing where it cannot be shown. All that it says is written beside it. */
export function MaybePicture({ id, className }: { id: string | undefined; className: string }) {
  const [gone, setGone] = useState(false);
  if (!id || gone) return null;
  return <img className={className} src={`/material/${encodeURIComponent(id)}`} alt="" onError={() => setGone(true)} />;
}
