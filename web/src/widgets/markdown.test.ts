import { readFileSync } from 'node:fs';
import type { VNode } from 'preact';
import { expect, test } from 'vitest';
import { markdown, type Block } from './markdown.tsx';

/** Elements as text: tag[link, image or first number](children). */
function plain(node: unknown): string {
  if (node === null || node === undefined || typeof node === 'boolean') return '';
  if (Array.isArray(node)) return node.map(plain).join('');
  if (typeof node !== 'object') return String(node);
  const { type, props } = node as VNode<{ children?: unknown; href?: string; src?: string; start?: number }>;
  const mark = props.href ?? props.src ?? props.start;
  return `${String(type)}${mark === undefined ? '' : `[${mark}]`}(${plain(props.children)})`;
}

// The server's tests read the same file: what it writes is what is drawn here.
const cases = JSON.parse(readFileSync(new URL('../../../tests/golden/markdown/cases.json', import.meta.url), 'utf8')) as { source: string; blocks: Block[]; drawn: string }[];

test.each(cases)('$source is drawn', ({ blocks, drawn }) => expect(plain(markdown(blocks))).toBe(drawn));

test('columns stand where the table says', () => {
  const [table] = markdown([{ table: [[['a'], ['b']], [['1'], ['2']]], align: ['center', 'end'] }]) as VNode[];
  const aligns = JSON.stringify(table).match(/"textAlign":"\w+"/g);
  expect(aligns).toEqual(['"textAlign":"center"', '"textAlign":"end"', '"textAlign":"center"', '"textAlign":"end"']);
});
