/** Operators: who may sign in to the console, and what each may do to its own sign-in. */
import { z } from 'zod'
import { passwordSchema, usernameSchema } from './auth.ts'
import { idParams, idSchema, listOf, timeMsSchema } from './common.ts'
import { endpoint, nothing } from './endpoint.ts'

export const operatorSchema = z.object({
  id: idSchema,
  username: z.string(),
  created_at_ms: timeMsSchema,
  /** Browsers in which it is signed in now. */
  sessions: z.number().int().nonnegative(),
  /** Of those, when the newest signed in; null where there is none. */
  last_sign_in_at_ms: timeMsSchema.nullable(),
  /** Whether it is the one who asks. */
  is_you: z.boolean(),
})
export type OperatorView = z.output<typeof operatorSchema>

export const newOperatorSchema = z.object({ username: usernameSchema, password: passwordSchema })
export const passwordChangeSchema = z.object({
  old_password: z.string().min(1, 'must not be empty').max(1000),
  new_password: passwordSchema,
})

/** How many sessions ended. */
const endedSchema = z.object({ ended_sessions: z.number().int().nonnegative() })

const tag = 'Sign-in'
export const operatorEndpoints = {
  list: endpoint({
    method: 'GET',
    path: '/api/operators',
    tag,
    summary: 'All operators, by name',
    response: listOf(operatorSchema),
  }),
  create: endpoint({
    method: 'POST',
    path: '/api/operators',
    tag,
    summary: 'Add an operator, who may do everything',
    body: newOperatorSchema,
    response: operatorSchema,
    status: 201,
  }),
  remove: endpoint({
    method: 'DELETE',
    path: '/api/operators/:id',
    tag,
    summary: 'Delete an operator and end its sessions; the last one cannot be deleted',
    params: idParams,
    response: nothing,
    status: 204,
  }),
  changePassword: endpoint({
    method: 'PUT',
    path: '/api/operators/me/password',
    tag,
    summary: 'Change one’s own password; ends all other sessions of one’s own',
    body: passwordChangeSchema,
    response: endedSchema,
  }),
  signOutOthers: endpoint({
    method: 'POST',
    path: '/api/operators/me/sign-out-others',
    tag,
    summary: 'End all other sessions of one’s own',
    response: endedSchema,
  }),
}
