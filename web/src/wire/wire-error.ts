export type WireErrorKind = 'truncated' | 'magic' | 'version' | 'kind' | 'count' | 'length';

/** A message that is not made of well-formed wire blocks; `at` is the byte of the message where that shows. */
export class WireError extends Error {
  readonly kind: WireErrorKind;
  readonly at: number;

  constructor(kind: WireErrorKind, at: number, detail: string) {
    super(`Byte ${at}: ${detail}`);
    this.name = 'WireError';
    this.kind = kind;
    this.at = at;
  }
}
