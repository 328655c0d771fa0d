/** Gateway keys with limits of their own, made as an operator makes them. */
import type { GatewayKeyView, NewGatewayKey } from '@claude-gateway/contract/gateway-key.ts'
import type { TestGateway } from '../support/gateway.ts'

export interface MadeKey {
  readonly id: number
  readonly key: string
  /** As its client sends it. */
  readonly headers: { authorization: string }
  view(): Promise<GatewayKeyView>
  change(fields: Partial<NewGatewayKey>): Promise<void>
}

export async function makeKey(gateway: TestGateway, limits: Partial<NewGatewayKey> = {}): Promise<MadeKey> {
  const body = { name: 'limited', ...limits }
  const { id, key } = await gateway.admin<{ id: number; key: string }>('POST', '/api/keys', body)
  return {
    id,
    key,
    headers: { authorization: `Bearer ${key}` },
    async view() {
      const { data } = await gateway.admin<{ data: GatewayKeyView[] }>('GET', '/api/keys')
      return data.find((one) => one.id === id) as GatewayKeyView
    },
    async change(fields) {
      await gateway.admin('PUT', `/api/keys/${id}`, fields)
    },
  }
}
