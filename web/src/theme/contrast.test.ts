import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';

type Tokens = Record<string, string>;

const sheet = readFileSync(new URL('./tokens.css', import.meta.url), 'utf8');

function tokensOf(theme: string): Tokens {
  const block = sheet.slice(sheet.indexOf(`[data-theme='${theme}']`));
  return Object.fromEntries([...block.slice(0, block.indexOf('}')).matchAll(/--([\w-]+): (#[0-9a-f]{6});/g)].map(([, name, value]) => [name, value]));
}

const channels = (color: string) => [1, 3, 5].map((i) => parseInt(color.slice(i, i + 2), 16) / 255);
const mix = (top: string, under: string, share: number) =>
  `#${channels(top).map((value, i) => Math.round(255 * (value * share + channels(under)[i] * (1 - share))).toString(16).padStart(2, '0')).join('')}`;

function luminance(color: string): number {
  const [red, green, blue] = channels(color).map((value) => (value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4));
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}

function contrast(one: string, other: string): number {
  const [light, dark] = [luminance(one), luminance(other)].sort((a, b) => b - a);
  return (light + 0.05) / (dark + 0.05);
}

// WCAG 2.2 AA: 4.5 for text, 3 for what one must see to understand.
describe.each(['dark', 'light'])('the %s theme', (theme) => {
  const tokens = tokensOf(theme);
  const text: [string, string][] = ['text', 'text-muted'].flatMap((ink) => ['page', 'card', 'raised', 'hover'].map((ground): [string, string] => [ink, ground]));
  for (const tone of ['good', 'warning', 'critical', 'accent']) text.push([tone, 'card'], [tone, 'page']);
  text.push(['on-accent', 'accent'], ['text', 'accent-soft']);

  test.each(text)('%s is readable on %s', (ink, ground) => expect(contrast(tokens[ink], tokens[ground])).toBeGreaterThanOrEqual(4.5));

  test.each(['good', 'warning', 'critical', 'text-muted'])('a badge in %s is readable on its own tint', (tone) =>
    expect(contrast(tokens[tone], mix(tokens[tone], tokens.card, 0.13))).toBeGreaterThanOrEqual(4.5));

  test.each(Array.from({ length: 8 }, (_, i) => `series-${i + 1}`))('%s stands out from the card', (name) =>
    expect(contrast(tokens[name], tokens.card)).toBeGreaterThanOrEqual(3));
});
