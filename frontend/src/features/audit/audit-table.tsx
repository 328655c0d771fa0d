/** Events as rows: when, who, what, to which thing, and what more is known. */
import type { AuditEventView } from '@claude-gateway/contract/audit.ts'
import { channelEndpoints } from '@claude-gateway/contract/channel.ts'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import { useEndpoint } from '../../api/use-endpoint.ts'
import { type Column, DataTable } from '../../components/data-table.tsx'
import { TimeStamp } from '../../components/time-stamp.tsx'
import { useFormats } from '../../i18n/use-formats.ts'
import styles from './audit-page.module.css'
import { type DetailReader, detailName, detailValue } from './detail-words.ts'

type ActionKey = 'channel_created'

export function AuditTable({ events }: { events: readonly AuditEventView[] }) {
  const { t } = useTranslation()
  const channels = useEndpoint(channelEndpoints.list, {}).data?.data ?? []
  const reader = {
    t,
    formats: useFormats(),
    channels: new Map(channels.map(({ id, name }) => [id, name])),
  }
  const words = (action: string) =>
    t(`audit.actions.${action.replaceAll(' ', '_') as ActionKey}`, { defaultValue: action })
  const columns: Column<AuditEventView>[] = [
    {
      key: 'at',
      title: t('audit.when'),
      onCard: 'corner',
      cell: ({ at_ms }) => (
        <span className={styles['when']}>
          <TimeStamp timeMs={at_ms} />
        </span>
      ),
    },
    { key: 'actor', title: t('audit.actor'), cell: ({ actor }) => <Actor actor={actor} /> },
    { key: 'action', title: t('audit.action'), onCard: 'head', cell: ({ action }) => words(action) },
    {
      key: 'subject',
      title: t('audit.subject'),
      cell: (event) => <Subject event={event} />,
      isEmpty: ({ subject }) => subject === null,
    },
    {
      key: 'details',
      title: t('audit.details'),
      cell: (event) => <Details event={event} reader={reader} />,
      isEmpty: (event) => detailsOf(event).length === 0,
    },
    {
      key: 'address',
      title: t('audit.address'),
      cell: ({ client_address }) => <code className={styles['when']}>{client_address}</code>,
    },
  ]
  return <DataTable label={t('audit.title')} columns={columns} rows={events} rowKey={({ id }) => id} />
}

/** Who has no name of its own. */
const NAMELESS = ['(token)', '(none)', 'nobody'] as const

function Actor({ actor }: { actor: string }) {
  const { t } = useTranslation()
  const nameless = NAMELESS.find((one) => one === actor)
  if (nameless === undefined) return actor
  const key = nameless.replaceAll(/[()]/g, '') as 'token'
  return <span className={styles['when']}>{t(`audit.nameless.${key}`)}</span>
}

/** Where a thing of a kind is looked at. */
const PLACES: Readonly<Record<string, (id: string) => string>> = {
  channel: (id) => `/channels/${id}`,
  key: (id) => `/keys?edit=${id}`,
  mapping: (id) => `/mappings?edit=${id}`,
  price: (id) => `/prices?edit=${id}`,
  rule: (id) => `/settings?rule=${id}`,
}

type ThingKey = 'channel'

function Subject({ event: { subject, details, action } }: { event: AuditEventView }) {
  const { t } = useTranslation()
  if (subject === null) return '–'
  const [kind = '', id = ''] = subject.split(' ')
  const name = details['name'] ?? details['username'] ?? details['model'] ?? details['displayModel']
  const label =
    typeof name === 'string' ? name : t(`audit.things.${kind as ThingKey}`, { id, defaultValue: subject })
  const place = action.endsWith('deleted') ? undefined : PLACES[kind]
  return place === undefined ? (
    label
  ) : (
    <Link className={styles['link']} to={place(id)}>
      {label}
    </Link>
  )
}

/** The name stands in the column before. */
const shownBefore = new Set(['name', 'username', 'model', 'displayModel'])

const detailsOf = ({ details, subject }: AuditEventView) =>
  Object.entries(details).filter(
    ([name, value]) => value !== null && (subject === null || !shownBefore.has(name)),
  )

function Details({ event, reader }: { event: AuditEventView; reader: DetailReader }) {
  const kind = event.subject?.split(' ')[0] ?? ''
  const more = detailsOf(event)
  if (more.length === 0) return '–'
  return (
    <span className={styles['details']}>
      {more.map((detail) => (
        <span key={detail[0]}>
          <DetailName name={detail[0]} /> {detailValue(reader, kind, detail)}
        </span>
      ))}
    </span>
  )
}

function DetailName({ name }: { name: string }) {
  const { t } = useTranslation()
  const words = detailName(t, name)
  return words === undefined ? <code>{name}</code> : <i>{words}</i>
}
