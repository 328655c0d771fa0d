/** How the console is built: one folder of static files that the gateway serves from its root. */
import react from '@vitejs/plugin-react'
import { defineConfig } from 'vite'

const gateway = 'http://127.0.0.1:8080'

export default defineConfig({
  base: '/',
  plugins: [react()],
  build: {
    target: 'es2022',
  },
  server: { proxy: { '/api': gateway, '/v1': gateway, '/healthz': gateway } },
})
