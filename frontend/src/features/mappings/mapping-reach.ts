/** Where a mapping holds, and which names it takes: the gateway's rule (contract rule B8), for a preview of it. */
import type { ChannelView } from '@claude-gateway/contract/channel.ts'
import type { MappingView } from '@claude-gateway/contract/mapping.ts'

export type Rule = Pick<MappingView, 'channel_id' | 'display_model' | 'upstream_model'>
type Channel = Pick<ChannelView, 'id' | 'name'>

const isPattern = (display: string) => display.endsWith('*')
const prefixOf = (display: string) => display.slice(0, -1)
const takes = (display: string, model: string) =>
  isPattern(display) ? model.startsWith(prefixOf(display)) : model === display

/** The channel's own come before the general ones; in each, a name before a pattern, the longest pattern first. */
export function byPrecedence(a: Rule, b: Rule): number {
  const rank = (rule: Rule) => [
    rule.channel_id === null ? 1 : 0,
    isPattern(rule.display_model) ? 1 : 0,
    -rule.display_model.length,
  ]
  const [left, right] = [rank(a), rank(b)]
  const decisive = left.findIndex((value, index) => value !== right[index])
  return decisive < 0 ? 0 : (left[decisive] ?? 0) - (right[decisive] ?? 0)
}

/** What holds on one channel, first what is looked at first; a general one that the channel replaces is left out. */
export function rulesOn<R extends Rule>(channelId: number, rules: readonly R[]): R[] {
  const own = rules.filter((rule) => rule.channel_id === channelId)
  const replaced = new Set(own.map((rule) => rule.display_model))
  const general = rules.filter((rule) => rule.channel_id === null && !replaced.has(rule.display_model))
  return [...own, ...general].sort(byPrecedence)
}

/** The channels on which the rule stands, whatever the model. */
export function channelsOf<C extends Channel>(
  rule: Rule,
  rules: readonly Rule[],
  channels: readonly C[],
): C[] {
  return channels.filter(({ id }) => rulesOn(id, rules).includes(rule))
}

/** Of these models, those that the rule decides about on some channel. */
export function modelsOf(
  rule: Rule,
  rules: readonly Rule[],
  { models, channels }: { models: readonly string[]; channels: readonly Channel[] },
): string[] {
  const holding = channels.map(({ id }) => rulesOn(id, rules))
  return models.filter((model) =>
    holding.some((on) => on.find(({ display_model }) => takes(display_model, model)) === rule),
  )
}
