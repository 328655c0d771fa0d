/** The gateway's own sentences, in English: those of the contract. */
import { REASONS } from '@claude-gateway/contract/reasons.ts'

export const reasons = { reasons: REASONS }
