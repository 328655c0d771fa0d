/** Finds what the gateway wrote down about one answer. */
import type { RequestLogView } from '@claude-gateway/contract/request-log.ts'
import type { TestGateway } from '../support/gateway.ts'

/** Rows are written a tenth of a second later, unless the machine has much else to do. */
const WAIT_MS = 15_000

interface Headed {
  readonly headers: { get(name: string): string | null | undefined }
}

/** Waits for the row of the request that `answer` answers. */
export async function rowOf(gateway: TestGateway, answer: Headed): Promise<RequestLogView> {
  const id = answer.headers.get('x-gateway-request-id') ?? ''
  const [row] = await rowsOf(gateway, `request_id=${id}`, 1)
  return row as RequestLogView
}

/** Waits until `count` requests are in the log, newest first. */
export function allRows(gateway: TestGateway, count: number): Promise<RequestLogView[]> {
  return rowsOf(gateway, '', count)
}

/** Waits until `count` requests of a session are in the log, newest first. */
export function rowsOfSession(gateway: TestGateway, id: string, count: number): Promise<RequestLogView[]> {
  return rowsOf(gateway, `session_id=${id}`, count)
}

async function rowsOf(gateway: TestGateway, filter: string, count: number): Promise<RequestLogView[]> {
  const deadline = Date.now() + WAIT_MS
  while (true) {
    const path = `/api/stats/logs?limit=500&${filter}`
    const { data } = await gateway.admin<{ data: RequestLogView[] }>('GET', path)
    if (data.length >= count) return data
    if (Date.now() > deadline) throw new Error(`${data.length} of ${count} rows for ${filter} in time`)
    await new Promise((resolve) => setTimeout(resolve, 25))
  }
}
