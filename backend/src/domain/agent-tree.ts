/** Puts a session's agents in the order of their tree, whatever parents their requests name. Contract rule E7. */

interface Agent {
  /** null: the main conversation. */
  readonly agent_id: string | null
  readonly parent_agent_id: string | null
  readonly first_at_ms: number
  readonly cost_nano_usd: number
}

interface Place {
  /** 0 for the main conversation. */
  readonly depth: number
  /** False where the parent is none of the agents, or the agent's own descendant. */
  readonly parent_is_known: boolean
  /** With all agents below it. */
  readonly total_cost_nano_usd: number
}

interface Node<One> {
  readonly agent: One
  readonly children: Node<One>[]
  isKnown: boolean
  depth: number
  total: number
  parent: Node<One> | null
}

/**
 * The main conversation, then each agent right behind its parent or its elder siblings' descendants. An agent whose
 * parent is not there hangs under the main conversation. Takes any depth: nothing here calls itself.
 *
 * @param agents with the main conversation among them, each once.
 */
export function agentTree<One extends Agent>(agents: readonly One[]): (One & Place)[] {
  const nodes = agents.map((agent): Node<One> => {
    const total = agent.cost_nano_usd
    return { agent, children: [], isKnown: true, depth: 0, total, parent: null }
  })
  nodes.sort((one, other) => one.agent.first_at_ms - other.agent.first_at_ms)
  const root = nodes.find(({ agent }) => agent.agent_id === null)
  if (root === undefined) return []
  hang(nodes, root)
  const ordered = walk(root)
  for (const node of ordered.toReversed()) if (node.parent !== null) node.parent.total += node.total
  return ordered.map(({ agent, depth, isKnown, total }) => ({
    ...agent,
    depth,
    parent_is_known: isKnown,
    total_cost_nano_usd: total,
  }))
}

/** Gives every node but the root its parent, and the parents their children. */
function hang<One extends Agent>(nodes: readonly Node<One>[], root: Node<One>): void {
  const byId = new Map(nodes.map((node) => [node.agent.agent_id, node]))
  const others = nodes.filter((node) => node !== root)
  for (const node of others) {
    const { parent_agent_id } = node.agent
    const parent = byId.get(parent_agent_id)
    node.isKnown = parent !== undefined
    node.parent = parent ?? root
  }
  breakCircles(others, root)
  for (const node of others) node.parent?.children.push(node)
}

/** Parents come from clients: one that is its own ancestor would be in no tree at all. */
function breakCircles<One extends Agent>(others: readonly Node<One>[], root: Node<One>): void {
  const leadsToRoot = new Set<Node<One>>([root])
  for (const start of others) {
    const path = new Set<Node<One>>()
    let node: Node<One> = start
    while (!leadsToRoot.has(node)) {
      path.add(node)
      if (node.parent === null || path.has(node.parent)) {
        node.parent = root
        node.isKnown = false
      }
      node = node.parent
    }
    for (const passed of path) leadsToRoot.add(passed)
  }
}

function walk<One>(root: Node<One>): Node<One>[] {
  const ordered: Node<One>[] = []
  const waiting = [root]
  for (let node = waiting.pop(); node !== undefined; node = waiting.pop()) {
    ordered.push(node)
    for (const child of node.children.toReversed()) {
      child.depth = node.depth + 1
      waiting.push(child)
    }
  }
  return ordered
}
