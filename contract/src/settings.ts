/** Settings: what an operator may change while the gateway runs, in force in every process within a second. */
import { z } from 'zod'
import { timeZoneSchema } from './common.ts'
import { endpoint } from './endpoint.ts'
import { mayNameCredential } from './tag-header.ts'

const LEAST_MEGABYTES = 10

const tagHeaderSchema = z
  .string()
  .trim()
  .toLowerCase()
  .max(100, 'must be at most 100 characters')
  .regex(/^[a-z0-9][a-z0-9._-]*\*?$/, 'must be a header name, or a prefix with a * at its end')
  .refine((pattern) => !mayNameCredential(pattern), 'may be a credential, which is never stored')

const fields = {
  tag_headers: z
    .array(tagHeaderSchema)
    .max(20)
    .transform((list) => [...new Set(list)])
    .describe(
      'Request headers whose values become tags of a request, for grouping in statistics: lower-case names, or ' +
        'prefixes with a * at their end such as x-org-*. Up to 20; never a header that may hold a credential. ' +
        'Default: x-gateway-tag.',
    ),
  log_retention_days: z
    .number()
    .int()
    .min(0)
    .max(3650)
    .describe(
      'Entries of the request log older than this many days are deleted; statistics keep their sums. 0: no limit. ' +
        'Range 0 to 3650. Default: LOG_RETENTION_DAYS, else 30.',
    ),
  log_max_megabytes: z
    .number()
    .int()
    .max(10_000_000)
    .refine(
      (size) => size === 0 || size >= LEAST_MEGABYTES,
      `must be 0 (no limit) or at least ${LEAST_MEGABYTES}`,
    )
    .describe(
      'When the stored log takes more than this many megabytes (of 1,000,000 bytes), its oldest entries are deleted. ' +
        `0: no limit. Range ${LEAST_MEGABYTES} to 10000000. Default: LOG_MAX_SIZE, else 2000.`,
    ),
  log_level: z
    .enum(['debug', 'info', 'warn', 'error'])
    .describe(
      'From which level on lines are written to the gateway’s own log: debug adds each routing decision and each ' +
        'attempt’s end. Default: info, or debug where DEBUG is true.',
    ),
  time_zone: timeZoneSchema.describe(
    'The IANA time zone in which statistics cut days, weeks and months when a question names none, and which new keys ' +
      'get for their budgets. Default: UTC.',
  ),
}

/** All settings with the values in force. */
export const settingsSchema = z.object(fields)
export type Settings = z.output<typeof settingsSchema>
export type LogLevel = Settings['log_level']

export const settingsChangeSchema = z
  .object({
    tag_headers: fields.tag_headers.nullable(),
    log_retention_days: fields.log_retention_days.nullable(),
    log_max_megabytes: fields.log_max_megabytes.nullable(),
    log_level: fields.log_level.nullable(),
    time_zone: fields.time_zone.nullable(),
  })
  .partial()
  .describe('What is left out stays; null returns a setting to its default.')
export type SettingsChange = z.output<typeof settingsChangeSchema>

/** A setting as it stands. */
const settingOf = <Value extends z.ZodType>(value: Value) =>
  z.object({
    value: value.describe('What is in force.'),
    default: value.describe('What holds while nothing is set.'),
    is_set: z.boolean().describe('Whether an operator has set it; false where the default is in force.'),
  })

/** No transformation on the way out. */
export const settingsViewSchema = z.object({
  tag_headers: settingOf(z.array(z.string())).describe(fields.tag_headers.description ?? ''),
  log_retention_days: settingOf(z.number().int()).describe(fields.log_retention_days.description ?? ''),
  log_max_megabytes: settingOf(z.number().int()).describe(fields.log_max_megabytes.description ?? ''),
  log_level: settingOf(fields.log_level).describe(fields.log_level.description ?? ''),
  time_zone: settingOf(z.string()).describe(fields.time_zone.description ?? ''),
})
export type SettingsView = z.output<typeof settingsViewSchema>

const tag = 'System'
export const settingsEndpoints = {
  read: endpoint({
    method: 'GET',
    path: '/api/settings',
    tag,
    summary: 'Every setting: its value, its default, and whether it is set',
    response: settingsViewSchema,
  }),
  change: endpoint({
    method: 'PUT',
    path: '/api/settings',
    tag,
    summary: 'Change settings; what is left out stays, null returns to the default',
    body: settingsChangeSchema,
    response: settingsViewSchema,
  }),
}
