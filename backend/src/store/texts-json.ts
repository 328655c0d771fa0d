/** A list of texts in one column, as JSON. */
import { z } from 'zod'

const listSchema = z.array(z.string())

/** Throws a ZodError where it is no such list. */
export const readTexts = (json: string): string[] => listSchema.parse(JSON.parse(json))

export const writeTexts = (texts: readonly string[]): string => JSON.stringify(texts)
