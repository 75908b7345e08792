/** Widens the last item of every row that would have a hole; items come in order, each at most `columns` wide. */
export function fillRows(spans: readonly number[], columns: number): number[] {
  const filled = [...spans];
  let used = 0;
  spans.forEach((span, i) => {
    if (used + span > columns) {
      filled[i - 1] += columns - used;
      used = 0;
    }
    used = (used + span) % columns;
  });
  if (used > 0) filled[filled.length - 1] += columns - used;
  return filled;
}
