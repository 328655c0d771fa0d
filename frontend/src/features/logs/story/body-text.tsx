/** One body: JSON to be folded, a stream as the list of its events, or the text as it came. */
import type { CapturedBodiesView } from '@claude-gateway/contract/captured-bodies.ts'
import { Segmented } from 'antd'
import { useMemo, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useFormats } from '../../../i18n/use-formats.ts'
import styles from './bodies.module.css'
import { readBody, type StreamEvent } from './body-forms.ts'
import { JsonTree } from './json-tree.tsx'
import { SomeOf } from './some-of.tsx'

interface BodyTextProps {
  title: string
  body: CapturedBodiesView['request']
}

export function BodyText({ title, body }: BodyTextProps) {
  const { t } = useTranslation()
  const { integer } = useFormats()
  const [form, setForm] = useState<'read' | 'raw'>('read')
  const read = useMemo(() => readBody(body.text), [body.text])
  const size = t(body.cut ? 'bodies.cut' : 'bodies.bytes', { bytes: integer(body.bytes) })
  return (
    <figure className={styles['body']}>
      <figcaption>
        <span>{`${title} · ${size}`}</span>
        {read.kind === 'text' ? null : (
          <Segmented<'read' | 'raw'>
            size="small"
            value={form}
            onChange={setForm}
            options={[
              { value: 'read', label: t(`bodies.${read.kind}`) },
              { value: 'raw', label: t('bodies.raw') },
            ]}
          />
        )}
      </figcaption>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls is reached by the keyboard. */}
      <section className={styles['text']} aria-label={title} tabIndex={0}>
        {form === 'raw' || read.kind === 'text' ? <pre>{body.text}</pre> : null}
        {form === 'read' && read.kind === 'json' ? <JsonTree value={read.value} isOpen /> : null}
        {form === 'read' && read.kind === 'events' ? <Events events={read.events} /> : null}
      </section>
    </figure>
  )
}

/** Every event says its name twice. */
function withoutType(value: unknown): unknown {
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(Object.entries(value).filter(([key]) => key !== 'type'))
}

function Events({ events }: { events: readonly StreamEvent[] }) {
  return (
    <ol className={styles['events']}>
      <SomeOf items={events}>
        {({ name, value }, at) => (
          <li key={at}>
            <span className={styles['name']}>{name}</span>{' '}
            <JsonTree value={withoutType(value)} isOpen={false} />
          </li>
        )}
      </SomeOf>
    </ol>
  )
}
