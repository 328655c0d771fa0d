/** What clients are told in the gateway's own errors, by code, in English: the other half of the closed list. */

const AGAIN = 'Try again in a moment; the gateway’s operator can see why in its log.'
const WANTED = 'Send one JSON object with "model" and "messages".'

/** No channel may be asked, or none answered. */
const NO_ANSWER = {
  error_chosen_disabled: 'The channel that was chosen is switched off.',
  error_chosen_paused: 'The channel that was chosen is paused.',
  error_chosen_without_model: 'The channel that was chosen does not serve the model {{model}}.',
  error_no_channel: 'This gateway has no channel yet. Its operator adds one in the console.',
  error_all_disabled: 'All channels of this gateway are switched off by its operator.',
  error_all_paused: 'Every channel that serves this is paused by the operator of the gateway.',
  error_none_now: 'No channel can take this request at present: {{counted}}. Try again in {{seconds}} s.',
  error_none_of_ours:
    'No channel can take this request at present: {{counted}}. The gateway’s operator can see why.',
  error_none_counts: 'No upstream of this gateway counts tokens.',
  error_none_counts_model: 'No upstream of this gateway counts tokens for this model.',
  error_model_not_served:
    'No channel of this gateway serves the model {{model}}. Ask for another model, or ask its operator to map it.',
  error_all_taken: 'Every channel was taken by other requests in the meantime. Try again at once.',
  error_none_in_time: `No upstream answered in time. ${AGAIN}`,
  error_all_failed: `Every upstream failed to answer this request. ${AGAIN}`,
  error_accounts_refused:
    'No upstream account of the gateway can take this request at present; its operator can see why.',
  error_network_down: 'No upstream could be reached: the gateway’s own network seems down.',
  error_none_reached: `No upstream could be reached. ${AGAIN}`,
  error_client_left: 'The client went away.',
  error_internal: 'The gateway had an internal error; its log says more.',
} as const

/** The key may not, or not now. */
const KEY = {
  error_no_key: 'No gateway key was sent. Set ANTHROPIC_AUTH_TOKEN to a key of this gateway (gk-…).',
  error_key_unknown:
    'This gateway does not know the key that was sent. Set ANTHROPIC_AUTH_TOKEN to a key of this gateway (gk-…).',
  error_key_replaced:
    'This secret of the gateway key has been replaced. Set ANTHROPIC_AUTH_TOKEN to the new one.',
  error_key_disabled: 'This gateway key is disabled. Ask the operator of the gateway to enable it.',
  error_key_expired:
    'This gateway key expired on {{expired_at_ms}}. Ask the operator of the gateway for a new one.',
  error_key_address: 'This gateway key may not be used from {{address}}. Ask the operator of the gateway.',
  this_address: 'this address',
  error_key_model: 'This gateway key may not use the model {{model}}. It may use: {{models}}.',
  error_key_requests: 'This gateway key may use {{limit}} requests a minute. Try again in {{seconds}} s.',
  error_key_tokens: 'This gateway key may use {{limit}} tokens a minute. Try again in {{seconds}} s.',
  error_key_busy:
    'As many requests of this gateway key are under way as it may have at once. Try again in a moment.',
  error_budget_reserved:
    'Requests under way may spend what is left of this gateway key’s budget. Try again in a moment.',
  error_budget_resets:
    'spend limit reached · resets {{resets_at_ms}} {{zone}} · {{whose}} {{period}} budget of {{limit_nano_usd}} is spent: wait until then, or ask the operator of the gateway for more',
  error_budget_spent:
    'spend limit reached · does not reset · {{whose}} {{period}} budget of {{limit_nano_usd}} is spent: ask the operator of the gateway for more',
  budget_of_key: 'this key’s',
  budget_of_team: 'your team’s',
  budget_day: 'daily',
  budget_week: 'weekly',
  budget_month: 'monthly',
  budget_total: 'whole',
  error_may_not_choose:
    'This gateway key may not choose a channel. Leave the header {{header}} out, or ask the operator of the gateway.',
  error_no_such_channel: 'The header {{header}} names no channel of this gateway.',
} as const

/** The request itself cannot be read. */
const REQUEST = {
  error_model_missing: 'The request names no model: add "model" to its body.',
  error_model_duplicated:
    'The request names its model more than once: keep one "model" at the top level of its body.',
  error_model_empty: 'The request’s "model" must be a string that is not empty.',
  error_no_body: `The request has no body. ${WANTED}`,
  error_bad_json: `The request body is not valid JSON. ${WANTED}`,
  error_bad_json_at: `The request body is not valid JSON (at position {{position}}). ${WANTED}`,
  error_bad_json_in_line: `The request body is not valid JSON (at position {{position}} (line {{line}} column {{column}})). ${WANTED}`,
  error_no_object: `The request body is JSON, but no object. ${WANTED}`,
  error_encoding: 'The content-encoding {{encoding}} is not supported; send the body plain or with gzip.',
  error_too_large:
    'The request body is larger than {{mebibytes}} MiB. Shorten the conversation (in Claude Code: /compact).',
  error_bad_gzip:
    'The body is said to be gzipped, but is no valid gzip. Send it whole, or plain without content-encoding.',
} as const

export const ERROR_REASONS = { ...NO_ANSWER, ...KEY, ...REQUEST } as const
