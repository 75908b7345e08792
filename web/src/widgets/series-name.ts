import type { SeriesIdentity } from '../connection/messages.ts';

/** What tells series apart in a legend: the named label, else the labels that differ, else the name. */
export function seriesNames(all: readonly SeriesIdentity[], legendLabel?: string): string[] {
  const oneName = all.every(({ name }) => name === all[0].name);
  const differing = new Set<string>();
  for (const { labels } of all) for (const key of Object.keys(labels ?? {})) if (all.some((other) => other.labels?.[key] !== labels?.[key])) differing.add(key);
  return all.map(({ name, labels = {} }) => {
    if (legendLabel && labels[legendLabel] !== undefined) return labels[legendLabel];
    const telling = [...differing].map((key) => labels[key]).filter((value) => value !== undefined);
    if (telling.length === 0) return name;
    return oneName ? telling.join(' · ') : `${name} ${telling.join(' · ')}`;
  });
}
