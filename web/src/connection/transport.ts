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

/** Server-sent events travel one way: what is wanted stands in the address, and another wish is another stream. */
export function openEventSource(dashboard: string | null, events: TransportEvents): Transport {
  let source: EventSource | null = null;
  let wanted: Map<string, SentSubscription> = new Map();
  let epoch: string | undefined;

  function open() {
    source?.close();
    const url = address('sse', dashboard);
    if (wanted.size > 0) url.searchParams.set('subscribe', JSON.stringify({ type: 'subscribe', views: [...wanted.values()], ...(epoch && { epoch }) }));
    const opening = (source = new EventSource(url));
    let opened = false;
    opening.onopen = () => {
      if (!opened) events.opened();
      opened = true;
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
