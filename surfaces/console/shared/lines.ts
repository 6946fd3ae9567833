// A list of words: the word, a blank, and what it means; several on a line if they are short.

export function lines(text: string): Record<string, string> {
  const words = text.trim().split(/\s+/);
  const pairs = words.flatMap((word, at) => (at % 2 ? [] : [[word, words[at + 1]!] as const]));
  return Object.fromEntries(pairs);
}
