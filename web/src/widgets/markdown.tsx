import type { ComponentChildren, VNode } from 'preact';

const safeLink = /^(https?:|mailto:|#|\.{0,2}\/)/i;
const inlinePattern = /(`+)([^`]|[^`][\s\S]*?[^`])\1(?!`)|\*\*([^*]+)\*\*|__([^_]+)__|\*([^*\s][^*]*)\*|\b_([^_\s][^_]*)_\b|~~([^~]+)~~|\[([^\]]+)\]\(([^)\s]+)\)/g;

function inline(text: string): ComponentChildren[] {
  const parts: ComponentChildren[] = [];
  let end = 0;
  for (const match of text.matchAll(inlinePattern)) {
    if (match.index > end) parts.push(text.slice(end, match.index));
    end = match.index + match[0].length;
    const [, , code, bold, boldToo, italic, italicToo, struck, label, target] = match;
    if (code !== undefined) parts.push(<code>{code}</code>);
    else if (bold ?? boldToo) parts.push(<strong>{inline((bold ?? boldToo)!)}</strong>);
    else if (italic ?? italicToo) parts.push(<em>{inline((italic ?? italicToo)!)}</em>);
    else if (struck) parts.push(<del>{inline(struck)}</del>);
    else if (safeLink.test(target)) parts.push(<a href={target} rel="noreferrer noopener" target="_blank">{inline(label)}</a>);
    else parts.push(label);
  }
  if (end < text.length) parts.push(text.slice(end));
  return parts;
}

const listItem = /^\s*(?:[-*+]|(\d+)[.)])\s+(.*)$/;

/** Markdown as elements. Text never becomes markup, so raw HTML shows as it was typed. */
export function markdown(source: string): VNode[] {
  const lines = source.replace(/\r\n?/g, '\n').split('\n');
  const blocks: VNode[] = [];
  for (let i = 0; i < lines.length; ) {
    const line = lines[i];
    const take = (matches: (line: string) => boolean) => {
      const taken: string[] = [];
      while (i < lines.length && matches(lines[i])) taken.push(lines[i++]);
      return taken;
    };
    const heading = /^(#{1,6})\s+(.*?)\s*#*$/.exec(line);
    if (line.trim() === '') i++;
    else if (line.startsWith('```')) {
      i++;
      const code = take((next) => !next.startsWith('```'));
      i++;
      blocks.push(<pre><code>{code.join('\n')}</code></pre>);
    } else if (heading) {
      // The card's title is a heading of level two; what stands in the card is below it.
      const Tag = `h${Math.min(6, heading[1].length + 2)}` as 'h3';
      blocks.push(<Tag>{inline(heading[2])}</Tag>);
      i++;
    } else if (/^\s*([-*_])(\s*\1){2,}\s*$/.test(line)) {
      blocks.push(<hr />);
      i++;
    } else if (line.startsWith('>')) blocks.push(<blockquote>{markdown(take((next) => next.startsWith('>')).map((next) => next.replace(/^>\s?/, '')).join('\n'))}</blockquote>);
    else if (listItem.test(line)) {
      const items = take((next) => listItem.test(next)).map((next) => <li>{inline(listItem.exec(next)![2])}</li>);
      blocks.push(listItem.exec(line)![1] === undefined ? <ul>{items}</ul> : <ol>{items}</ol>);
    } else if (line.includes('|') && /^\s*\|?[\s:|-]+\|[\s:|-]*$/.test(lines[i + 1] ?? '')) blocks.push(table(take((next) => next.includes('|'))));
    else blocks.push(<p>{inline(take((next) => next.trim() !== '' && !/^(#{1,6}\s|>|```)/.test(next) && !listItem.test(next)).join(' '))}</p>);
  }
  return blocks;
}

function table(lines: string[]): VNode {
  const cells = (line: string) => line.trim().replace(/^\||\|$/g, '').split('|').map((cell) => inline(cell.trim()));
  const [head, , ...rows] = lines;
  return (
    <table>
      <thead><tr>{cells(head).map((cell) => <th>{cell}</th>)}</tr></thead>
      <tbody>{rows.map((row) => <tr>{cells(row).map((cell) => <td>{cell}</td>)}</tr>)}</tbody>
    </table>
  );
}
