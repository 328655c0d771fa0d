/** Operators' rules for reading an upstream's failed answer: the first that matches decides, before what is built in. */

/** What a rule can say that an answer means; each is a kind of verdict. */
export type RuleKind =
  | 'request_fault'
  | 'limited'
  | 'out_of_credit'
  | 'credential_refused'
  | 'model_missing'
  | 'overloaded'
  | 'failed'

export interface OutcomeRule {
  readonly id: number
  readonly name: string
  readonly enabled: boolean
  /** null: for every channel. */
  readonly channelId: number | null
  readonly statusFrom: number
  readonly statusTo: number
  readonly match: 'text' | 'regex'
  readonly pattern: string
  readonly kind: RuleKind
  readonly createdAtMs: number
  readonly updatedAtMs: number
}

/** A rule made ready: does it speak of this answer? */
export interface CompiledRule {
  readonly id: number
  readonly kind: RuleKind
  matches(channelId: number | null, status: number, body: string): boolean
}

/** A wording stands near the beginning; what lies behind is not searched, whatever a pattern would cost there. */
const SEARCHED_CHARACTERS = 16_384

/** The enabled rules, in their order. The contract's schema has seen to it that every pattern compiles. */
export function compileRules(rules: readonly OutcomeRule[]): CompiledRule[] {
  return rules.filter(({ enabled }) => enabled).map(compile)
}

function compile(rule: OutcomeRule): CompiledRule {
  const isIn = rule.match === 'regex' ? byRegex(rule.pattern) : byText(rule.pattern)
  return {
    id: rule.id,
    kind: rule.kind,
    matches: (channelId, status, body) =>
      (rule.channelId === null || rule.channelId === channelId) &&
      status >= rule.statusFrom &&
      status <= rule.statusTo &&
      isIn(body.slice(0, SEARCHED_CHARACTERS)),
  }
}

function byRegex(pattern: string): (body: string) => boolean {
  const regex = new RegExp(pattern, 'i')
  return (body) => regex.test(body)
}

function byText(pattern: string): (body: string) => boolean {
  const wanted = pattern.toLowerCase()
  return (body) => wanted === '' || body.toLowerCase().includes(wanted)
}
