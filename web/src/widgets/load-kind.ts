import { signal } from '@preact/signals';
import { address } from '../connection/transport.ts';
import { viewOf } from './make-view.ts';

type Import = (url: string) => Promise<unknown>;

/** Why a kind cannot be drawn, by kind. */
export const kindProblems = signal<Readonly<Record<string, string>>>({});
const asked = new Set<string>();
/** What browsers say of a module that is not there; the words are not in any standard. */
const missing = /dynamically imported module|importing a module script/i;

/** Loads what draws a kind, once, when a widget of it is about to be seen. */
export async function loadKind(kind: string, load: Import = (url) => import(/* @vite-ignore */ url)): Promise<void> {
  if (viewOf(kind) || asked.has(kind)) return;
  asked.add(kind);
  const path = `kinds/${encodeURIComponent(kind)}.js`;
  try {
    await load(address(path, null).href);
    if (!viewOf(kind)) tell(kind, `${path} was loaded, but did not call weir.registerWidget("${kind}", …).`);
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    tell(kind, missing.test(reason) ? `This page does not know how to draw a “${kind}”, and no script ${path} says how. The data is there.` : `${path} has a fault: ${reason}`);
  }
}

function tell(kind: string, problem: string): void {
  kindProblems.value = { ...kindProblems.peek(), [kind]: problem };
}
