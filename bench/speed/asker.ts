/**
 * Asks the gateway one question of the admin API after the other, without a pause, until it is ended. A process of its
 * own, so that the load's clock does not stand still while an answer is read. It prints a line once all have been answered.
 */
import { setPriority } from 'node:os'

// It shares its processor with the load, whose clock is to be right.
setPriority(19)

const [origin = '', token = '', ...paths] = process.argv.slice(2)

async function ask(path: string): Promise<void> {
  const answer = await fetch(`${origin}${path}`, { headers: { authorization: `Bearer ${token}` } })
  await answer.arrayBuffer()
  if (!answer.ok) throw new Error(`${path}: ${answer.status}`)
}

for (;;) {
  const startedAt = performance.now()
  for (const path of paths) await ask(path)
  console.log(`answered all in ${((performance.now() - startedAt) / 1000).toFixed(2)} s`)
}
