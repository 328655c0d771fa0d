/** The browsable API page: one self-contained HTML document without scripts, from the same list as everything else. */
import type { OpenApiDocument } from '@claude-gateway/contract/openapi.ts'
import { type Html, html } from './html.ts'
import { type NamedOperation, operationCard } from './operation-card.ts'
import { style } from './style.ts'

const introduction = html`<p>Every operation under <code>/api</code>. The same as a machine reads it:
<a href="/api/openapi.json">OpenAPI 3.1</a>.</p>
<h3>Before you try the examples</h3>
<pre>export GATEWAY=http://127.0.0.1:8080
export ADMIN_TOKEN=…   # what the gateway was started with
export GATEWAY_KEY=…   # a key that clients use, where an operation is for its holder</pre>
<p>Programs send <code>authorization: Bearer $ADMIN_TOKEN</code>; the console signs in with a password and keeps a cookie.
Names are <code>snake_case</code>, times are milliseconds since 1970 in UTC, money is a whole number of nano-dollars
(1,000,000,000 make one dollar). A list is at its end when <code>next_cursor</code> is null. A change
(<code>PUT</code>) touches only the fields that it names. A secret never comes back, only a hint such as <code>sk-…9f2a</code>.</p>
<h3>Errors</h3>
<pre>{"error":{"code":"validation_failed","message":"Not accepted: name is required.",
  "fields":{"name":"is required"}}}</pre>
<p><code>code</code> never changes its meaning, <code>message</code> is for people, <code>fields</code> names every wrong field
at once.</p>`

const linkOf = ({ operation }: NamedOperation): Html =>
  html`<a href="#${operation.operationId}">${operation.summary}</a>
`

/** Renders the whole page. */
export function apiDocsPage(document: OpenApiDocument): string {
  const operations = Object.entries(document.paths).flatMap(([path, item]) =>
    Object.entries(item).map(([method, operation]) => ({ method, path, operation })),
  )
  const groups = document.tags.map(({ name }) => ({
    name,
    operations: operations.filter(({ operation }) => operation.tags.includes(name)),
  }))
  return html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${document.info.title}</title>
<style>${{ markup: style }}</style>
</head>
<body>
<nav aria-label="Operations">
${groups.map((group) => html`<h2>${group.name}</h2>\n${group.operations.map(linkOf)}`)}</nav>
<main>
<h1>${document.info.title}</h1>
${introduction}
${groups.map((group) => html`<h2>${group.name}</h2>\n${group.operations.map(operationCard)}`)}</main>
</body>
</html>
`.markup
}
