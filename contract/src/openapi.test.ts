/** The OpenAPI document says what the list of endpoints says. */
import { expect, test } from 'vitest'
import { z } from 'zod'
import { endpoint } from './endpoint.ts'
import { endpoints } from './endpoints.ts'
import { openApiDocument } from './openapi.ts'

const document = openApiDocument(endpoints, 'gateway_session')
const operations = Object.entries(document.paths).flatMap(([path, item]) =>
  Object.entries(item).map(([method, operation]) => ({ path, method, operation })),
)

test('the published document changes only on purpose', () => {
  expect(JSON.stringify(document, null, 2)).toMatchSnapshot()
})

test('every operation of the contract is described once, under its own method and path', () => {
  const described = operations.map(({ path, method }) => `${method.toUpperCase()} ${path}`)
  const promised = endpoints.map(({ path, method }) => `${method} ${path.replace(/:(\w+)/g, '{$1}')}`)
  expect(described.toSorted()).toEqual(promised.toSorted())
})

test('operation ids are unique and readable', () => {
  const ids = operations.map(({ operation }) => operation.operationId)
  expect(new Set(ids).size).toBe(ids.length)
  expect(ids).toContain('putChannelsIdActivate')
})

test('every placeholder of a path is described as a required parameter', () => {
  for (const { path, operation } of operations) {
    const placeholders = [...path.matchAll(/\{(\w+)\}/g)].map((match) => match[1])
    const described = operation.parameters.filter((parameter) => parameter.in === 'path')
    expect(described.map((parameter) => parameter.name)).toEqual(placeholders)
    expect(described.every((parameter) => parameter.required)).toBe(true)
  }
})

test('a public operation asks for no credentials, any other one for a token or a session', () => {
  expect(document.paths['/api/auth/login']?.['post']?.security).toEqual([])
  expect(document.paths['/api/channels']?.['get']?.security).toEqual([{ adminToken: [] }, { session: [] }])
})

test('a field with a default may be left out of a body, and is always in an answer', () => {
  const echo = z.object({ size: z.number().default(3), name: z.string() })
  const described = openApiDocument(
    [
      endpoint({
        method: 'POST',
        path: '/api/echo',
        tag: 'Echo',
        summary: 'Echo',
        body: echo,
        response: echo,
      }),
    ],
    'cookie',
  ).paths['/api/echo']?.['post']
  expect(described?.requestBody?.content['application/json']?.schema.required).toEqual(['name'])
  expect(described?.responses['200']?.content?.['application/json']?.schema.required).toEqual([
    'size',
    'name',
  ])
})

test('an answer without content describes none, and CSV is described as CSV', () => {
  expect(document.paths['/api/channels/{id}']?.['delete']?.responses['204']).toEqual({
    description: 'Done; no content.',
  })
  expect(Object.keys(document.paths['/api/stats/export']?.['get']?.responses['200']?.content ?? {})).toEqual([
    'text/csv',
  ])
})
