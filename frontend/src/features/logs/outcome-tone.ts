/** Which colour an outcome has: only what somebody should look into is red. */
import type { Outcome } from '@claude-gateway/contract/usage.ts'
import type { Tone } from '../../components/state-dot.tsx'

export const OUTCOME_TONES = {
  completed: 'good',
  refused: 'warn',
  rejected: 'warn',
  failed: 'bad',
  truncated: 'bad',
  client_gone: 'off',
} as const satisfies Record<Outcome, Tone>
