/** What each endpoint of the contract is sent, so that it succeeds; with secrets that no answer may show. */
import type { Endpoint } from '@claude-gateway/contract/endpoint.ts'
import { nothing } from '@claude-gateway/contract/endpoint.ts'
import { type AdminServer, PASSWORD, SETUP_TOKEN } from './admin-server.ts'

export const API_KEY = 'sk-ant-api03-the-secret-of-the-channel-1234'
export const PROXY_PASSWORD = 'the-secret-of-the-proxy'
export const RELAY_TOKEN = 'the-secret-in-a-header'

export const pathOf = (endpoint: Endpoint, id: number | string): string =>
  endpoint.path.replace(':id', String(id))

export const takesBody = ({ body }: Endpoint): boolean => body !== nothing

export const channel = {
  name: 'Main',
  base_url: 'https://api.example.com',
  api_key: API_KEY,
  proxy_url: `http://ada:${PROXY_PASSWORD}@proxy.example:3128`,
  add_headers: { 'x-relay-token': RELAY_TOKEN },
}

export const PRICE = {
  model: 'glm-*',
  input: 0.6,
  output: 2.2,
  cache_read: 0.11,
  cache_write_5m: 0.6,
  cache_write_1h: 0.6,
}

/** What each endpoint with a body is sent, so that it succeeds. */
export const BODIES: Readonly<Record<string, object>> = {
  'POST /api/auth/login': { username: 'ada', password: PASSWORD },
  'POST /api/auth/setup': { token: SETUP_TOKEN, username: 'ada', password: PASSWORD },
  'POST /api/operators': { username: 'bob', password: 'another long password' },
  'PUT /api/operators/me/password': { old_password: PASSWORD, new_password: 'a new long password' },
  'POST /api/channels': channel,
  'PUT /api/channels/:id': {
    api_key: API_KEY,
    proxy_url: channel.proxy_url,
    add_headers: channel.add_headers,
  },
  'PUT /api/channels/order': { priorities: [{ id: 1, priority: 5 }] },
  'POST /api/channels/test': { base_url: channel.base_url, api_key: API_KEY },
  'POST /api/mappings': { display_model: 'c', upstream_model: 'd' },
  'PUT /api/mappings/:id': { upstream_model: 'e' },
  'PUT /api/channels/:id/pause': { minutes: 5 },
  'POST /api/routes/explain': { model: 'claude-sonnet-5' },
  'POST /api/outcome-rules': { name: 'Sold out', kind: 'out_of_credit' },
  'PUT /api/outcome-rules/:id': { name: 'Sold out', kind: 'limited' },
  'POST /api/outcome-rules/test': { status: 429, headers: { 'retry-after': '5' } },
  'POST /api/prices': PRICE,
  'PUT /api/prices/:id': { input: 2 },
  'POST /api/prices/repricing': { from_ms: 0, to_ms: 1 },
  'PUT /api/settings': { tag_headers: ['x-org-*'], log_retention_days: 14 },
  'POST /api/keys': { name: 'Another' },
  'PUT /api/keys/:id': { name: 'Renamed' },
  'POST /api/keys/:id/rotate': { overlap_seconds: 60 },
  'POST /api/budgets': { tag: 'team-red', period: 'month', limit_usd: 100 },
  'PUT /api/budgets/:id': { limit_usd: 50 },
}

/** What must be asked with a query, so that it succeeds. */
export const QUERIES: Readonly<Record<string, string>> = {
  'GET /api/prices/resolve': '?model=claude-sonnet-5',
  'GET /api/invoices': '?month=2026-11',
  'GET /api/invoices/export': '?month=2026-11',
}

export async function addChannel(admin: AdminServer): Promise<number> {
  return (await admin.call<{ id: number }>('POST', '/api/channels', { body: channel })).body.id
}
