/** How the console is built: one folder of static files that the gateway serves from its root. */
import { readdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { brotliCompress, gzip } from 'node:zlib'
import react from '@vitejs/plugin-react'
import { defineConfig, type Plugin } from 'vite'
import { firstSheet } from './first-sheet-plugin.ts'

const gateway = 'http://127.0.0.1:8080'

// What every page needs and what changes only with its own version, so that a new console is mostly in the cache.
const foundations = [
  { name: 'react', test: /node_modules[\\/](react|react-dom|react-router|scheduler)[\\/]/ },
  { name: 'contract', test: /node_modules[\\/]zod[\\/]/ },
  // A browser asks for six files at a time: a hundred small ones wait for each other longer than they take.
  // Without main.tsx, which awaits its words: what the words share with it would wait for it in turn.
  {
    name: 'first',
    tags: ['$initial' as const],
    test: /node_modules|preload-helper|[\\/](contract|api|app|components|i18n)[\\/]/,
  },
  {
    name: 'shared',
    test: /node_modules|[\\/](components|contract)[\\/]/,
    minShareCount: 2,
    entriesAware: true,
    entriesAwareMergeThreshold: 1_000,
  },
]

// The bundler would name a shared file after everything that shares it.
const shortName = (name: string) => (name.startsWith('shared~') ? 'shared' : '[name]')

// Below this, the header that names the encoding costs more than it saves.
const WORTH_COMPRESSING_BYTES = 1024
const encodings = [
  { ending: '.br', encode: promisify(brotliCompress) },
  { ending: '.gz', encode: (content: Buffer) => promisify(gzip)(content, { level: 9 }) },
]

/** Lays a compressed twin beside every text file of the build; the gateway sends whichever the browser takes. */
function compressedTwins(): Plugin {
  return {
    name: 'compressed-twins',
    apply: 'build',
    async writeBundle({ dir: folder = '' }) {
      const files = await readdir(folder, { recursive: true })
      for (const file of files.filter((name) => /\.(js|css|html|svg)$/.test(name))) {
        const content = await readFile(join(folder, file))
        if (content.length < WORTH_COMPRESSING_BYTES) continue
        for (const { ending, encode } of encodings) {
          await writeFile(join(folder, file + ending), await encode(content))
        }
      }
    },
  }
}

export default defineConfig({
  base: '/',
  plugins: [react(), firstSheet(), compressedTwins()],
  build: {
    target: 'es2022',
    rolldownOptions: {
      output: {
        codeSplitting: { groups: foundations },
        chunkFileNames: ({ name }) => `assets/${shortName(name)}-[hash].js`,
        assetFileNames: ({ names: [name = ''] }) => `assets/${shortName(name)}-[hash][extname]`,
      },
    },
  },
  server: { proxy: { '/api': gateway, '/v1': gateway, '/healthz': gateway } },
})
