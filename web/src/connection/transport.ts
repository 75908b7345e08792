import type { ServerMessage, SentSubscription, ViewerMessage } from './messages.ts';

export interface TransportEvents {
  opened(): void;
  message(message: ServerMessage): void;
  binary(message: ArrayBuffer): void;
  closed(code: number): void;
}

/** One connection to the server, by whatever means. It tells of its end exactly once. */
export interface Transport {
  readonly kind: 'ws' | 'sse';
  send(message: ViewerMessage): void;
  close(): void;
}

/** An address beside the page, under whatever path the page is mounted. */
export function address(path: string, dashboard: string | null): URL {
  const url = new URL(path, document.baseURI);
  url.hash = '';
  url.search = '';
  if (dashboard) url.searchParams.set('dashboard', dashboard);
  return url;
}

export function openWebSocket(dashboard: string | null, events: TransportEvents): Transport {
  const url = address('ws', dashboard);
  url.protocol = url.protocol === 'https:' ? 'wss:' : 'ws:';
  const socket = new WebSocket(url, 'weir.v1.bin');
  socket.binaryType = 'arraybuffer';
  socket.onopen = () => events.opened();
  socket.onmessage = ({ data }) => {
    if (typeof data === 'string') events.message(JSON.parse(data) as ServerMessage);
    else events.binary(data as ArrayBuffer);
  };
  socket.onclose = ({ code }) => events.closed(code);
  return {
    kind: 'ws',
    send: (message) => {
      if (socket.readyState === WebSocket.OPEN) socket.send(JSON.stringify(message));
    },
    close: () => {
      socket.onmessage = socket.onclose = null;
      socket.close();
      events.closed(1000);
    },
  };
}

/** Servers and proxies take a request line of 8 KB as a rule; a longer one is refused whole. */
export const addressLengthMax = 7000;

/** The address of a stream, and what of the wishes found no room in it: the last go first. */
export function eventsAddress(base: URL, wanted: readonly SentSubscription[], epoch?: string): { url: URL; left: readonly SentSubscription[] } {
  const url = new URL(base);
  const write = (views: readonly SentSubscription[]) => url.searchParams.set('subscribe', JSON.stringify({ type: 'subscribe', views, ...(epoch && { epoch }) }));
  if (wanted.length === 0) return { url, left: [] };
  const sizes = wanted.map((view) => new URLSearchParams({ v: JSON.stringify(view) + ',' }).toString().length - 2);
  write([]);
  let room = addressLengthMax - url.href.length;
  let first = wanted.length;
  while (first > 0 && (room -= sizes[first - 1]) >= 0) first--;
  write(wanted.slice(first));
  return { url, left: wanted.slice(0, first) };
}

/** Those nearest to what is being looked at come last. */
function byDistance(wanted: Iterable<SentSubscription>): SentSubscription[] {
  const distances = new Map<SentSubscription, number>();
  for (const view of wanted) {
    const card = document.querySelector(`[data-widget="${CSS.escape(view.widget)}"]`)?.getBoundingClientRect();
    distances.set(view, card ? Math.abs(card.top + card.bottom - window.innerHeight) : Number.MAX_VALUE);
  }
  return [...distances.keys()].sort((a, b) => distances.get(b)! - distances.get(a)!);
}

/** Server-sent events travel one way: what is wanted stands in the address, and another wish is another stream. */
export function openEventSource(dashboard: string | null, events: TransportEvents): Transport {
  let source: EventSource | null = null;
  let wanted: Map<string, SentSubscription> = new Map();
  let left: readonly SentSubscription[] = [];
  let epoch: string | undefined;

  function open() {
    source?.close();
    const stream = eventsAddress(address('sse', dashboard), byDistance(wanted.values()), epoch);
    left = stream.left;
    const opening = (source = new EventSource(stream.url));
    let opened = false;
    opening.onopen = () => {
      if (!opened) events.opened();
      opened = true;
      for (const { widget } of left) events.message({ type: 'error', code: 'too-many', message: tooMany(wanted.size - left.length), widget });
    };
    opening.onmessage = ({ data }) => events.message(JSON.parse(data as string) as ServerMessage);
    opening.onerror = () => {
      opening.close();
      if (source === opening) events.closed(1006);
    };
  }

  open();
  return {
    kind: 'sse',
    send(message) {
      if (message.type === 'subscribe') {
        for (const view of message.views) wanted.set(view.widget, view);
        epoch = message.epoch;
        open();
      } else if (message.type === 'unsubscribe') {
        wanted = new Map([...wanted].filter(([widget]) => !message.widgets.includes(widget)));
        // There is room now for some that had none.
        if (left.length > 0) open();
      } else if (message.type === 'pause') {
        source?.close();
      }
    },
    close() {
      source?.close();
      events.closed(1000);
    },
  };
}

function tooMany(shown: number): string {
  return `Without WebSockets a page can show ${shown} widgets at once. Scroll away from others, put fewer on a page, or let WebSockets through the proxy.`;
}
