/** Puts into index.html what it shows while the scripts are on their way (src/first-sheet), and fetches its font early. */
import { fileURLToPath } from 'node:url'
import { createServer, type HtmlTagDescriptor, type Plugin } from 'vite'

type Sheet = typeof import('./src/first-sheet/first-sheet.tsx')

const folder = fileURLToPath(new URL('.', import.meta.url))

/** Its components carry the same class names as in the build, so that one set of style sheets serves both. */
async function drawSheet(): Promise<{ styles: string; templates: string }> {
  const server = await createServer({
    root: folder,
    configFile: false,
    appType: 'custom',
    server: { middlewareMode: true, ws: false, watch: null },
    optimizeDeps: { noDiscovery: true },
  })
  try {
    const sheet = (await server.ssrLoadModule('/src/first-sheet/first-sheet.tsx')) as Sheet
    return { styles: sheet.firstStyles(), templates: await sheet.firstTemplates() }
  } finally {
    await server.close()
  }
}

export function firstSheet(): Plugin {
  return {
    name: 'first-sheet',
    apply: 'build',
    transformIndexHtml: {
      order: 'post',
      async handler(html, { bundle = {} }) {
        const { styles, templates } = await drawSheet()
        const font = Object.keys(bundle).find((file) => /\/geist-(?!mono)[^/]*\.woff2$/.test(file))
        const preload = {
          rel: 'preload',
          as: 'font',
          type: 'font/woff2',
          crossorigin: true,
          href: `/${font}`,
        }
        const tags: HtmlTagDescriptor[] = [
          { tag: 'link', attrs: preload, injectTo: 'head-prepend' },
          { tag: 'style', children: styles, injectTo: 'head' },
        ]
        return { html: html.replace('<!-- first sheet -->', templates), tags }
      },
    },
  }
}
