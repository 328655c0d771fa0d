/** The tree of agents holds every agent once, whatever parents the headers name. Contract rule E7. */
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { agentTree } from './agent-tree.ts'

const agent = (
  agent_id: string | null,
  parent_agent_id: string | null,
  first_at_ms = 0,
  cost_nano_usd = 1,
) => ({
  agent_id,
  parent_agent_id,
  first_at_ms,
  cost_nano_usd,
})

const main = agent(null, null)

const shape = (agents: Parameters<typeof agentTree>[0]) =>
  agentTree(agents).map(({ agent_id, depth, parent_is_known }) =>
    [' '.repeat(depth), agent_id ?? 'main', parent_is_known ? '' : ' ?'].join(''),
  )

test('agents stand behind their parents, siblings in the order in which they began', () => {
  const agents = [
    agent('d', 'b', 9),
    agent('b', 'a', 4),
    agent('c', null, 3),
    agent('a', null, 2),
    agent('e', 'a', 3),
  ]
  expect(shape([...agents, main])).toEqual(['main', ' a', '  e', '  b', '   d', ' c'])
})

test('an agent whose parent is not there hangs under the main conversation and is marked', () => {
  expect(shape([main, agent('b', 'gone', 2), agent('c', 'b', 3)])).toEqual(['main', ' b ?', '  c'])
})

test('agents that are each other’s parents, or their own, are in the tree all the same', () => {
  expect(shape([main, agent('a', 'b', 1), agent('b', 'a', 2), agent('c', 'a', 3)])).toEqual([
    'main',
    ' b ?',
    '  a',
    '   c',
  ])
  expect(shape([main, agent('a', 'a')])).toEqual(['main', ' a ?'])
})

test('the total of an agent is its own cost and that of all below it', () => {
  const agents = [
    agent(null, null, 0, 1),
    agent('a', null, 0, 10),
    agent('b', 'a', 0, 100),
    agent('c', null, 0, 1000),
  ]
  const totals = agentTree(agents).map(({ agent_id, total_cost_nano_usd }) => [agent_id, total_cost_nano_usd])
  expect(Object.fromEntries(totals)).toEqual({ null: 1111, a: 110, b: 100, c: 1000 })
})

test('a chain of ten thousand agents is a tree like any other', () => {
  const chain = Array.from({ length: 10_000 }, (_, index) =>
    agent(`${index}`, index === 0 ? null : `${index - 1}`, index),
  )
  expect(agentTree([main, ...chain.toReversed()]).at(-1)).toMatchObject({ agent_id: '9999', depth: 10_000 })
})

test('every agent is in the tree once, each behind its parent, and the root holds all costs', () => {
  const parents = fc.array(fc.option(fc.nat(12), { nil: null }), { maxLength: 12 })
  fc.assert(
    fc.property(parents, (named) => {
      const agents = named.map((parent, index) =>
        agent(`${index}`, parent === null ? null : `${parent}`, index % 3),
      )
      const tree = agentTree([main, ...agents])
      expect(tree.map(({ agent_id }) => agent_id).sort()).toEqual(
        [main, ...agents].map((one) => one.agent_id).sort(),
      )
      expect(tree[0]).toMatchObject({ agent_id: null, depth: 0, total_cost_nano_usd: agents.length + 1 })
      for (const [index, one] of tree.entries()) {
        const parent = tree.slice(0, index).findLast(({ depth }) => depth === one.depth - 1)
        if (one.depth > 1) expect(parent?.agent_id).toBe(one.parent_agent_id)
        if (one.depth === 1) expect(one.parent_agent_id === null || !one.parent_is_known).toBe(true)
      }
    }),
  )
})
