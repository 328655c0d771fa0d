/** What a dashboard asks the statistics, over a range that begins and ends at odd hours. */
import { bucketEdges } from '../../src/domain/stats-buckets.ts'
import type { UsageReportQuestion } from '../../src/store/usage-report.ts'
import { END_MS } from './dense-sums.ts'

const HOUR_MS = 3_600_000
const DAY_MS = 24 * HOUR_MS

type NamedQuestion = readonly [name: string, question: UsageReportQuestion]

/** All about the same days, the last of them unfinished. */
export function questions(days: number): NamedQuestion[] {
  const toMs = END_MS - 7 * HOUR_MS
  const range = { fromMs: toMs - (days - 1) * DAY_MS, toMs, filter: {}, limit: 10, bucketEdgesMs: [] }
  const edges = (interval: 'hour' | 'day' | 'week' | 'month', timeZone: string) =>
    bucketEdges({ interval, timeZone }, range, 10_000) ?? []
  const daily = { ...range, bucketEdgesMs: edges('day', 'UTC') }
  const weekly = { ...range, bucketEdgesMs: edges('week', 'Europe/Berlin') }
  return [
    ['totals', range],
    ['by channel', { ...range, groupBy: 'channel' }],
    ['by model', { ...range, groupBy: 'model' }],
    ['by key, all 200', { ...range, groupBy: 'key', limit: 1000 }],
    ['by outcome', { ...range, groupBy: 'outcome' }],
    ['by tag', { ...range, groupBy: 'tag' }],
    ['one key, by model', { ...range, filter: { key_id: 7 }, groupBy: 'model' }],
    ['one channel, by key', { ...range, filter: { channel_id: 7 }, groupBy: 'key' }],
    ['one model, by channel', { ...range, filter: { model: 'claude-model-7' }, groupBy: 'channel' }],
    ['one tag, by model', { ...range, filter: { tag: 'team=t7' }, groupBy: 'model' }],
    ['days', daily],
    ['days, by model', { ...daily, groupBy: 'model' }],
    ['days, by key', { ...daily, groupBy: 'key' }],
    ['days of one key, by model', { ...daily, filter: { key_id: 7 }, groupBy: 'model' }],
    ['days in Berlin', { ...range, bucketEdgesMs: edges('day', 'Europe/Berlin') }],
    ['weeks in Berlin, by model', { ...weekly, groupBy: 'model' }],
    ['weeks in Berlin, by key', { ...weekly, groupBy: 'key' }],
    [
      'months in Berlin, by key',
      { ...range, bucketEdgesMs: edges('month', 'Europe/Berlin'), groupBy: 'key' },
    ],
    [
      'days in Berlin, by model',
      { ...range, bucketEdgesMs: edges('day', 'Europe/Berlin'), groupBy: 'model' },
    ],
    ['hours, as for a heat map', { ...range, bucketEdgesMs: edges('hour', 'UTC') }],
  ]
}
