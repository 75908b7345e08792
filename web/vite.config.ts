import { gzipSync } from 'node:zlib';
import { defineConfig, type Plugin } from 'vite';
import { developmentFeed } from './dev/feed.ts';


const payloadLimit = 80 * 1024;

/** Prints what a first visit costs and fails the build when it outgrows its limit. */
function payload(): Plugin {
  return {
    name: 'payload',
    apply: 'build',
    writeBundle(_, bundle) {
      let total = 0;
      for (const file of Object.values(bundle)) {
        if (!/\.(js|css)$/.test(file.fileName)) continue;
        total += gzipSync(file.type === 'chunk' ? file.code : file.source, { level: 9 }).length;
      }
      console.log(`payload: ${(total / 1024).toFixed(1)} KB gzip (script and style), limit ${payloadLimit / 1024} KB`);
      if (total > payloadLimit) throw new Error(`The payload is ${total} bytes gzip, the limit is ${payloadLimit}.`);
    },
  };
}

// What the real server sends with the page; a violation shows here before it shows there.
const contentSecurityPolicy =
  "default-src 'self'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self' ws: wss:; frame-ancestors 'none'; base-uri 'self'";

export default defineConfig({
  base: './',
  plugins: [developmentFeed(), payload()],
  server: { host: '127.0.0.1', port: 5173 },
  preview: { host: '127.0.0.1', port: 4173, headers: { 'Content-Security-Policy': contentSecurityPolicy } },
  build: { target: 'es2022', assetsInlineLimit: 0, modulePreload: { polyfill: false }, reportCompressedSize: false },
  test: { include: ['src/**/*.test.ts', 'src/**/*.test.tsx', 'dev/**/*.test.ts'] },
} as Parameters<typeof defineConfig>[0]);
