import type { VNode } from 'preact';
import { expect, test } from 'vitest';
import { markdown } from './markdown.tsx';

/** Elements as indented-free text: tag(children). */
function plain(node: unknown): string {
  if (node === null || node === undefined || typeof node === 'boolean') return '';
  if (Array.isArray(node)) return node.map(plain).join('');
  if (typeof node !== 'object') return String(node);
  const { type, props } = node as VNode<{ children?: unknown; href?: string }>;
  return `${String(type)}${props.href ? `[${props.href}]` : ''}(${plain(props.children)})`;
}

test.each([
  ['# Title', 'h3(Title)'],
  ['a **b** *c* `d*e*`', 'p(a strong(b) em(c) code(d*e*))'],
  ['- one\n- two', 'ul(li(one)li(two))'],
  ['1. one\n2. two', 'ol(li(one)li(two))'],
  ['```\n<b>\n```', 'pre(code(<b>))'],
  ['> quoted', 'blockquote(p(quoted))'],
  ['[x](https://example.org)', 'p(a[https://example.org](x))'],
  ['a\n\nb', 'p(a)p(b)'],
  ['---', 'hr()'],
  ['|a|b|\n|-|-|\n|1|2|', 'table(thead(tr(th(a)th(b)))tbody(tr(td(1)td(2))))'],
])('%j becomes %s', (source, expected) => expect(plain(markdown(source))).toBe(expected));

test('nothing in it runs', () => {
  expect(plain(markdown('[x](javascript:alert(1)) <script>alert(1)</script>'))).toBe('p(x) <script>alert(1)</script>)');
});
