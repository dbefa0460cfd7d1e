/** The package's own declarations are not among its exports (2.0.4). */
declare module 'vlq' {
  export function encode(value: number | readonly number[]): string;
  /** Throws for a character that is none of Base64. */
  export function decode(text: string): number[];
}
