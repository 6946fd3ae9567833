// The mark of a merchant or mini-program: its first letter, in a colour that is always the same one.

export function Mark({ name, id }: { name: string; id: string }) {
  const letter = Array.from(name.trim())[0] ?? "·";
  return (
    <span className={`mark mark-${hash(id) % 6}`} aria-hidden>
      {letter}
    </span>
  );
}

function hash(text: string): number {
  return Array.from(text).reduce((sum, letter) => (sum * 31 + letter.codePointAt(0)!) >>> 0, 7);
}
