/** Serves the built console, with one page for all of its addresses. */
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import fastifyStatic from '@fastify/static'
import type { FastifyInstance, FastifyPluginAsync, FastifyRequest } from 'fastify'

/** Ant Design writes its styles at run time, hence `unsafe-inline` for styles; scripts are our files only. */
const CONTENT_SECURITY_POLICY = [
  "default-src 'self'",
  "script-src 'self'",
  "style-src 'self' 'unsafe-inline'",
  "img-src 'self' data:",
  "font-src 'self' data:",
  "connect-src 'self'",
  "object-src 'none'",
  "base-uri 'none'",
  "form-action 'self'",
  "frame-ancestors 'none'",
].join('; ')

const HEADERS = {
  'content-security-policy': CONTENT_SECURITY_POLICY,
  'x-content-type-options': 'nosniff',
  'x-frame-options': 'DENY',
  'referrer-policy': 'no-referrer',
  'cross-origin-opener-policy': 'same-origin',
}

// Names under assets/ carry a hash of the content, so that they never change under their name.
const cacheControlOf = (path: string): string =>
  /[\\/]assets[\\/]/.test(path) ? 'public, max-age=31536000, immutable' : 'no-cache'

const NOT_BUILT = `<!doctype html>
<html lang="en"><meta charset="utf-8"><title>Claude gateway</title>
<style>:root { color-scheme: light dark } body { font: 16px/1.6 system-ui, sans-serif; max-width: 38rem; margin: 4rem auto; padding: 0 1rem }</style>
<h1>The gateway runs; its console is not built</h1>
<p>Build it with <code>npm run build --workspace frontend</code> and start the gateway again; <code>npm start</code> does both.</p>
<p>The admin API works without it: <a href="/api/docs">see what it offers</a>.</p>
</html>
`

/** `directory` holds the built console, with its index.html. Files are listed once, when the plugin is registered. */
export function createConsolePlugin(directory: string): FastifyPluginAsync {
  return async function consoleFiles(app) {
    app.addHook('onRequest', async (_request, reply) => {
      reply.headers(HEADERS)
    })
    if (!existsSync(join(directory, 'index.html'))) return servePageOfItsOwn(app, NOT_BUILT)
    await app.register(fastifyStatic, {
      root: directory,
      wildcard: false,
      index: false,
      cacheControl: false,
      // The build lays them beside the files (frontend/vite.config.ts); alone they are no address of the console.
      preCompressed: true,
      globIgnore: ['**/*.{br,gz}'],
      setHeaders: (reply, path) => {
        reply.header('cache-control', cacheControlOf(path))
      },
    })
    app.get('/', { exposeHeadRoute: false }, (_request, reply) => reply.sendFile('index.html'))
    // The console has addresses of its own, which no file stands for.
    app.get('/*', { exposeHeadRoute: false }, (request, reply) => {
      if (!wantsPage(request)) return reply.callNotFound()
      return reply.sendFile('index.html')
    })
  }
}

function servePageOfItsOwn(app: FastifyInstance, page: string): void {
  app.get('/*', { exposeHeadRoute: false }, (request, reply) => {
    if (!wantsPage(request)) return reply.callNotFound()
    return reply.code(503).header('cache-control', 'no-store').type('text/html; charset=utf-8').send(page)
  })
}

/** A browser that navigates; scripts, images and API clients get an honest 404. */
function wantsPage({ url, headers }: FastifyRequest): boolean {
  const isApi = /^\/(?:api|v1|anthropic|assets)(?:[/?]|$)/.test(url)
  return !isApi && (headers.accept ?? '').includes('text/html')
}
