/** What a message to the server may come to in bytes, less what stands around its list. */
export const partBytesMax = 16_000;

const encoder = new TextEncoder();

/** The entries in lists that each fit a message, in order. */
export function partsThatFit<T>(entries: readonly T[], bytesMax = partBytesMax): T[][] {
  const parts: T[][] = [];
  let room = 0;
  for (const entry of entries) {
    const bytes = encoder.encode(JSON.stringify(entry)).length + 1;
    if (bytes > room) {
      parts.push([]);
      room = bytesMax;
    }
    parts[parts.length - 1].push(entry);
    room -= bytes;
  }
  return parts;
}
