/** How the console is built: one folder of static files that the gateway serves from its root. */
import react from '@vitejs/plugin-react'
import { defineConfig } from 'vite'

const gateway = 'http://127.0.0.1:8080'

// What every page needs and what changes only with its own version, so that a new console is mostly in the cache.
const foundations = [
  { name: 'react', test: /node_modules[\\/](react|react-dom|react-router|scheduler)[\\/]/ },
  { name: 'contract', test: /node_modules[\\/]zod[\\/]/ },
]

export default defineConfig({
  base: '/',
  plugins: [react()],
  build: { target: 'es2022', rolldownOptions: { output: { codeSplitting: { groups: foundations } } } },
  server: { proxy: { '/api': gateway, '/v1': gateway, '/healthz': gateway } },
})
