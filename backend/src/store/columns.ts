/** How values that no column type of both engines fits are coded. */
import { z } from 'zod'
import type { Flag } from './schema.ts'

const patternsSchema = z.array(z.string())

export const readPatterns = (json: string): string[] => patternsSchema.parse(JSON.parse(json))

export const writePatterns = (patterns: readonly string[]): string => JSON.stringify(patterns)

export const toFlag = (value: boolean): Flag => (value ? 1 : 0)
