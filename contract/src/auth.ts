/** How operators come in: the one-time set-up, sign-in, the session. */
import { z } from 'zod'
import { endpoint, nothing } from './endpoint.ts'

export const usernameSchema = z.string().trim().min(1, 'must not be empty').max(100)
export const passwordSchema = z.string().min(10, 'must be at least 10 characters').max(1000)

export const sessionSchema = z.object({
  /** Whether this caller may use the admin API. */
  signed_in: z.boolean(),
  username: z.string().nullable(),
  /** How: a session cookie, the admin token, or no authentication at all (ADMIN_AUTH=none). */
  method: z.enum(['session', 'token', 'none']).nullable(),
  /** True until the first operator exists. */
  setup_needed: z.boolean(),
})
export type SessionView = z.output<typeof sessionSchema>

const tag = 'Sign-in'
const access = 'public' as const
export const authEndpoints = {
  session: endpoint({
    method: 'GET',
    path: '/api/auth/session',
    tag,
    access,
    summary: 'Who is asking',
    response: sessionSchema,
  }),
  setup: endpoint({
    method: 'POST',
    path: '/api/auth/setup',
    tag,
    access,
    summary: 'Create the first operator with the one-time link printed at the start',
    body: z.object({ token: z.string().min(1), username: usernameSchema, password: passwordSchema }),
    response: sessionSchema,
    status: 201,
  }),
  login: endpoint({
    method: 'POST',
    path: '/api/auth/login',
    tag,
    access,
    summary: 'Sign in; the session cookie lasts 12 hours',
    body: z.object({ username: usernameSchema, password: z.string().min(1).max(1000) }),
    response: sessionSchema,
  }),
  logout: endpoint({
    method: 'POST',
    path: '/api/auth/logout',
    tag,
    access,
    summary: 'End the session',
    response: nothing,
    status: 204,
  }),
}
