/** A page's part of the address: search parameters, read and checked by one of the contract's schemas. */
import { useMemo } from 'react'
import { useAddress } from './use-address.ts'

/** A zod object all of whose fields may be absent, such as an endpoint's query or a part of it. */
interface SearchSchema<Values> {
  readonly shape: Readonly<Record<string, unknown>>
  safeParse(given: unknown): { success: true; data: Values } | { success: false }
  parse(given: unknown): Values
}

type Change<Values> = { readonly [Name in keyof Values]?: Values[Name] | undefined }

interface Search<Values> {
  /** What the address asks for; a parameter that makes no sense is passed over. */
  readonly values: Values
  /** Whether it asks for anything at all. */
  readonly isSet: boolean
  /** Changes some parameters; undefined takes one away. With `replace`, the back button passes over it. */
  readonly set: (change: Change<Values>, options?: { replace?: boolean }) => void
  readonly clear: () => void
}

function parse<Values>(schema: SearchSchema<Values>, address: string): Values {
  const given = [...new URLSearchParams(address)].filter(
    ([name, value]) => name in schema.shape && schema.safeParse({ [name]: value }).success,
  )
  return schema.parse(Object.fromEntries(given))
}

function apply(change: object, after: URLSearchParams): void {
  for (const [name, value] of Object.entries(change)) {
    if (value === undefined) after.delete(name)
    else after.set(name, String(value))
  }
}

/** @param schema made once, outside of the component */
export function useSearch<Values extends object>(schema: SearchSchema<Values>): Search<Values> {
  const { search, edit } = useAddress()
  const address = search.toString()
  const values = useMemo(() => parse(schema, address), [schema, address])
  return {
    values,
    isSet: Object.values(values).some((value) => value !== undefined),
    set: (change, options) => edit((after) => apply(change, after), options),
    clear: () =>
      edit((after) => {
        for (const name of Object.keys(schema.shape)) after.delete(name)
      }),
  }
}
