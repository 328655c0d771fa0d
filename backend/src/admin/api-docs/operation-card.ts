/** One operation on the API page: what goes in, what comes out, and how to try it. Pure. */
import type { OpenApiOperation, OpenApiParameter, OpenApiResponse } from '@claude-gateway/contract/openapi.ts'
import { curlExample } from './curl-example.ts'
import { fieldList } from './field-list.ts'
import { type Html, html, nothingToShow } from './html.ts'

export interface NamedOperation {
  readonly method: string
  readonly path: string
  readonly operation: OpenApiOperation
}

function parameterList(heading: string, parameters: readonly OpenApiParameter[]): Html {
  if (parameters.length === 0) return nothingToShow
  const schema = {
    properties: Object.fromEntries(parameters.map((parameter) => [parameter.name, parameter.schema])),
    required: parameters.filter((parameter) => parameter.required).map((parameter) => parameter.name),
  }
  return html`<h3>${heading}</h3>${fieldList(schema, true)}`
}

function bodyList(operation: OpenApiOperation): Html {
  const schema = operation.requestBody?.content['application/json']?.schema
  return schema === undefined ? nothingToShow : html`<h3>Body</h3>${fieldList(schema, true)}`
}

function answerList([status, response]: readonly [string, OpenApiResponse]): Html {
  const [type, content] = Object.entries(response.content ?? {})[0] ?? []
  // Errors have one form, which the introduction shows once.
  if (!status.startsWith('2')) return nothingToShow
  return html`<h3>Answer ${status}${type === undefined ? '' : ` · ${type}`}</h3>
${content === undefined ? html`<p>${response.description}</p>` : fieldList(content.schema)}`
}

/** Who may call it, where that is not an operator. */
function accessOf({ security: [first] }: OpenApiOperation): Html {
  if (first === undefined) return html` <span>· public</span>`
  return 'gatewayKey' in first ? html` <span>· with a gateway key</span>` : nothingToShow
}

export function operationCard({ method, path, operation }: NamedOperation): Html {
  const placed = (place: string) => operation.parameters.filter((parameter) => parameter.in === place)
  const access = accessOf(operation)
  // The id is inside, since a browser that goes to a place within closed details opens them.
  return html`<details>
<summary><b class="method ${method}">${method.toUpperCase()}</b> <code>${path}</code> <span>${operation.summary}</span>${access}</summary>
<div id="${operation.operationId}">${parameterList('Path', placed('path'))}${parameterList('Query', placed('query'))}${bodyList(operation)}
${Object.entries(operation.responses).map(answerList)}
<h3>Try it</h3><pre>${curlExample(method, path, operation)}</pre></div>
</details>
`
}
