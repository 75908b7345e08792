import type { ThemeChoice } from '../theme/theme.ts';

/** What of the page stands in its address, so that copying the address shares what one sees. */
export interface Address {
  readonly page?: string;
  readonly range?: number;
  readonly from?: number;
  readonly to?: number;
  readonly theme?: ThemeChoice;
  /** Server time at which the page was paused. */
  readonly paused?: number;
}

const positive = (text: string | null) => {
  const value = Number(text);
  return text !== null && Number.isFinite(value) && value > 0 ? value : undefined;
};

export function readAddress(hash: string): Address {
  const fields = new URLSearchParams(hash.replace(/^#/, ''));
  const theme = fields.get('theme');
  return {
    page: fields.get('page') ?? undefined,
    range: positive(fields.get('range')),
    from: positive(fields.get('from')),
    to: positive(fields.get('to')),
    theme: theme === 'dark' || theme === 'light' || theme === 'auto' ? theme : undefined,
    paused: positive(fields.get('paused')),
  };
}

export function writeAddress(address: Address): string {
  const fields = new URLSearchParams();
  for (const [name, value] of Object.entries(address)) if (value !== undefined) fields.set(name, String(typeof value === 'number' ? Math.round(value) : value));
  const text = fields.toString();
  return text ? `#${text}` : '';
}
