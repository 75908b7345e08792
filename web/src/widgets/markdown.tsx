import type { ComponentChildren, VNode } from 'preact';

/** A piece of a line; the server writes it (`Inline` in Weir.Visuals). */
export type Inline =
  | string
  | { readonly strong: readonly Inline[] }
  | { readonly emphasis: readonly Inline[] }
  | { readonly strikethrough: readonly Inline[] }
  | { readonly code: string }
  | { readonly link: string; readonly text: readonly Inline[] }
  | { readonly break: true }
  | { readonly image: string; readonly alternative: string };

/** A block of text; the server writes it (`Block` in Weir.Visuals). */
export type Block =
  | { readonly heading: number; readonly text: readonly Inline[] }
  | { readonly paragraph: readonly Inline[] }
  | { readonly list: readonly (readonly Block[])[]; readonly start?: number; readonly loose?: boolean }
  | { readonly code: string; readonly language?: string }
  | { readonly quote: readonly Block[] }
  | { readonly table: readonly (readonly (readonly Inline[])[])[]; readonly align: readonly ('start' | 'center' | 'end')[] }
  | { readonly rule: true };

/** Blocks as elements. Text never becomes markup. */
export const markdown = (blocks: readonly Block[]): ComponentChildren[] => blocks.map((block) => drawBlock(block));

function drawBlock(block: Block): VNode {
  if ('heading' in block) {
    // The card's title is a heading of level two; what stands in the card is below it.
    const Tag = `h${Math.min(6, block.heading + 2)}` as 'h3';
    return <Tag>{drawInlines(block.text)}</Tag>;
  }
  if ('paragraph' in block) return <p>{drawInlines(block.paragraph)}</p>;
  if ('code' in block) return <pre><code>{block.code}</code></pre>;
  if ('quote' in block) return <blockquote>{markdown(block.quote)}</blockquote>;
  if ('table' in block) return drawTable(block.table, block.align);
  if (!('list' in block)) return <hr />;
  // Items that stand close together have no paragraphs of their own.
  const items = block.list.map((item) => <li>{block.loose ? markdown(item) : item.map((part) => ('paragraph' in part ? drawInlines(part.paragraph) : drawBlock(part)))}</li>);
  return block.start === undefined ? <ul>{items}</ul> : <ol start={block.start}>{items}</ol>;
}

function drawTable([head, ...rows]: readonly (readonly (readonly Inline[])[])[], align: readonly string[]): VNode {
  return (
    <table>
      <thead><tr>{head.map((cell, i) => <th style={{ textAlign: align[i] }}>{drawInlines(cell)}</th>)}</tr></thead>
      <tbody>{rows.map((row) => <tr>{row.map((cell, i) => <td style={{ textAlign: align[i] }}>{drawInlines(cell)}</td>)}</tr>)}</tbody>
    </table>
  );
}

const drawInlines = (inlines: readonly Inline[]): ComponentChildren[] => inlines.map((inline) => drawInline(inline));

function drawInline(inline: Inline): ComponentChildren {
  if (typeof inline === 'string') return inline;
  if ('strong' in inline) return <strong>{drawInlines(inline.strong)}</strong>;
  if ('emphasis' in inline) return <em>{drawInlines(inline.emphasis)}</em>;
  if ('strikethrough' in inline) return <del>{drawInlines(inline.strikethrough)}</del>;
  if ('code' in inline) return <code>{inline.code}</code>;
  if ('link' in inline) return <a href={inline.link} rel="noreferrer noopener" target="_blank">{drawInlines(inline.text)}</a>;
  if ('image' in inline) return inline.image ? <img src={inline.image} alt={inline.alternative} /> : <span class="image">{inline.alternative}</span>;
  return <br />;
}
