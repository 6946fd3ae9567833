// Codes that a till reads, as a square and as bars. Imported by its own name: pages without codes do without it.
import { CODE128 } from "jsbarcode/bin/barcodes/CODE128/index.js";
import { useMemo } from "react";
import { encode } from "uqr";

interface Props {
  text: string;
  label: string; // for whoever does not see it
}

/** Dark modules of a code as one path: each run of a row is a rectangle. */
export function path(rows: boolean[][]): string {
  const runs: string[] = [];
  rows.forEach((row, y) => {
    for (let x = 0; x < row.length; x++) {
      const from = x;
      while (row[x]) x++;
      if (x > from) runs.push(`M${from} ${y}h${x - from}v1h${from - x}z`);
    }
  });
  return runs.join("");
}

export function QrCode({ text, label }: Props) {
  const { data, size } = useMemo(() => encode(text, { ecc: "M", border: 3 }), [text]);
  return (
    <svg className="k-code" viewBox={`0 0 ${size} ${size}`} role="img" aria-label={label} shapeRendering="crispEdges">
      <rect width={size} height={size} fill="#fff" />
      <path d={path(data)} fill="#000" />
    </svg>
  );
}

/** Code 128; nothing for what bars cannot say. */
export function BarCode({ text, label }: Props) {
  const bars = useMemo(() => barsOf(text), [text]);
  if (!bars) return null;
  const width = bars.length + 20; // ten modules of quiet on either side
  return (
    <svg
      className="k-code k-bars"
      viewBox={`-10 0 ${width} 40`}
      preserveAspectRatio="none"
      role="img"
      aria-label={label}
      shapeRendering="crispEdges"
    >
      <rect x="-10" width={width} height="40" fill="#fff" />
      <path d={path([[...bars].map((bar) => bar === "1")])} fill="#000" transform="scale(1 40)" />
    </svg>
  );
}

export function barsOf(text: string): string | undefined {
  const code = new CODE128(text, {});
  return code.valid() ? code.encode().data : undefined;
}
