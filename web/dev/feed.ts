import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import type { Plugin } from 'vite';
import { WebSocketServer } from 'ws';
import type { ViewerMessage } from '../src/connection/messages.ts';
import { Viewer } from './viewer.ts';

type Next = () => void;

function serveEvents(request: IncomingMessage, response: ServerResponse, next: Next): void {
  const url = new URL(request.url ?? '/', 'http://localhost');
  if (url.pathname !== '/sse') return next();
  response.writeHead(200, { 'content-type': 'text/event-stream', 'cache-control': 'no-store' });
  const viewer = new Viewer({ json: (message) => response.write(`data: ${JSON.stringify(message)}\n\n`) }, url.searchParams.get('dashboard') ?? 'main');
  const subscribe = url.searchParams.get('subscribe');
  if (subscribe) viewer.accept(JSON.parse(subscribe) as ViewerMessage);
  request.on('close', () => viewer.close());
}

function serveSockets(server: Server | null): void {
  if (!server) return;
  const sockets = new WebSocketServer({ noServer: true, handleProtocols: (offered) => [...offered].find((one) => one.startsWith('weir.v1.')) ?? false });
  server.on('upgrade', (request, socket, head) => {
    const url = new URL(request.url ?? '/', 'http://localhost');
    if (url.pathname !== '/ws') return;
    sockets.handleUpgrade(request, socket, head, (ws) => {
      const binary = ws.protocol === 'weir.v1.bin' ? (message: Buffer) => ws.send(message) : undefined;
      const viewer = new Viewer({ json: (message) => ws.send(JSON.stringify(message)), ...(binary && { binary }) }, url.searchParams.get('dashboard') ?? 'main');
      ws.on('message', (data) => viewer.accept(JSON.parse(String(data)) as ViewerMessage));
      ws.on('close', () => viewer.close());
    });
  });
}

/** A made-up feed that speaks the real protocol, so that the page can be worked on without the server. */
export function developmentFeed(): Plugin {
  return {
    name: 'development-feed',
    configureServer(server) {
      serveSockets(server.httpServer as Server | null);
      server.middlewares.use(serveEvents);
    },
    configurePreviewServer(server) {
      serveSockets(server.httpServer as Server | null);
      server.middlewares.use(serveEvents);
    },
  };
}
