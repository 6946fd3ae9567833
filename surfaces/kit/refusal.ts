// A call that was refused, or that did not get through.

export class Refusal extends Error {
  constructor(
    readonly status: number, // 0: the platform was not reached
    readonly code: string,
    message: string,
    readonly links: { link: string; desc: string }[] = [],
  ) {
    super(message);
    this.name = "Refusal";
  }

  /** The field that was wrong, where the refusal names one. */
  get field(): string | undefined {
    return /\bfield: ([\w.[\]]+)/.exec(this.message)?.[1];
  }

  /** Whether nobody knows if it was done: asking the same again is right. */
  get unknown(): boolean {
    return this.status === 0 || this.status >= 500;
  }
}
