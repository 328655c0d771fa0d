/**
 * Every sentence that the gateway itself says of a request or a channel: its code, and its words in English. The list
 * is closed; the console has the same codes in each language. Stored reasons hold the values by their place in these
 * words, so the names in a sentence that was released keep their order.
 */
import { ERROR_REASONS } from './error-reasons.ts'

/** What an attempt came to: the kinds of a verdict. */
const VERDICTS = {
  fine: 'answered',
  request_fault: 'refused the request itself',
  limited: 'is rate limited',
  out_of_credit: 'is out of credit or over its spend limit',
  credential_refused: 'refused our credential',
  model_missing: 'does not have the model',
  not_supported: 'does not count tokens',
  overloaded: 'is overloaded',
  failed: 'failed',
  timed_out: 'did not answer in time',
  unreachable: 'could not be reached',
  local_outage: 'could not be reached, like every other: the network here is down',
  client_gone: 'was left when the client went away',
  because: '{{what}}: {{why}}',
} as const

/** How a talk with an upstream failed below HTTP. */
const FAULTS = {
  connection_refused: 'the connection was refused',
  no_way_to_host: 'there is no way to the host',
  no_way_to_network: 'there is no way to the network',
  host_down: 'the host is down',
  no_local_address: 'no local address was free',
  name_unknown: 'its name is not known to DNS',
  dns_silent: 'DNS did not answer',
  connection_slow: 'the connection took too long',
  proxy_insecure: 'the proxy’s TLS failed',
  certificate_self_signed: 'its certificate is self-signed',
  certificate_chain_self_signed: 'its certificate chain is self-signed',
  certificate_unverified: 'its certificate cannot be verified',
  certificate_expired: 'its certificate has expired',
  certificate_early: 'its certificate is not yet valid',
  certificate_of_another: 'its certificate is for another name',
  connection_insecure: 'the connection could not be secured ({{error}})',
  connection_failed: 'the connection failed ({{error}})',
  connection_broke: 'the connection broke ({{error}})',
  compression_broken: 'the compressed stream is broken',
  nothing_in_time: 'nothing within {{seconds}} s',
  gateway_stops: 'the gateway stops',
  client_left: 'the client went away',
  another_tried: 'another channel is tried',
  not_sent: 'aborted before it was sent',
} as const

/** What was wrong with an upstream's answer. What it said itself stays as it came. */
const ANSWERS = {
  upstream_status: '{{status}}',
  upstream_said: '{{status}} {{said}}',
  hidden_error: '200 with an error: {{said}}',
  answer_too_large: 'an answer of more than {{bytes}} bytes',
  encoding_unreadable: 'an answer with content-encoding {{encoding}} that cannot be read',
  body_empty: '{{status}} with an empty body',
  body_is_page: '{{status}} with an HTML page',
  body_no_object: '{{status}} with a body that is no JSON object',
  body_no_message: '{{status}} with JSON that is no message',
  body_no_count: '{{status}} without a count of tokens',
  address_doubtful: '{{status}}, but not with a message: is the base URL right?',
  stream_foreign: 'the stream is no message stream',
  stream_empty: 'the stream was empty',
  stream_without_content: 'the stream ended without content',
  stream_endless_frame: 'a frame without an end',
  stream_ended_early: 'the stream ended before its message did',
  stream_silent: 'the stream fell silent',
  stream_broke_off: 'the stream broke off',
  stream_error: 'the upstream sent an error event after its content',
} as const

/** What became of a channel's health, and by whom. */
const HEALTH = {
  no_result: 'the attempt ended without a result',
  failed_too_often: 'failed too often',
  tried_again: 'being tried again',
  one_tests: 'one request is testing it',
  cleared_by_operator: 'cleared by an operator',
  cleared_by_change: 'its address or credential changed',
  paused_by_operator: 'paused by an operator',
  of_model: '{{model}}: {{why}}',
  test_passed: 'The channel answered with a message.',
  test_failed: 'The channel {{what}}',
} as const

/** Why a channel is not on a route, or comes last. */
const LEFT_OUT = {
  left_out_disabled: 'is switched off',
  left_out_model_not_served: 'does not serve this model',
  left_out_no_count_tokens: 'does not count tokens',
  left_out_not_chosen: 'is not the channel that the client asked for',
  left_out_paused: 'is paused by an operator',
  left_out_breaker_open: 'failed too often and is left alone',
  left_out_probing: 'is being tested by one other request',
  left_out_limited: 'is rate limited',
  left_out_out_of_credit: 'is out of credit or over its spend limit',
  left_out_credential_refused: 'refused our credential',
  left_out_model_missing: 'does not have this model',
  left_out_overloaded: 'is overloaded',
  left_out_unreachable: 'could not be reached',
  left_out_failed: 'failed',
  left_out_timed_out: 'did not answer in time',
  left_out_full: 'is at its limit of requests',
  left_out_fine: 'is fine',
  left_out_request_fault: 'refused the request',
  left_out_not_supported: 'does not count tokens',
  left_out_local_outage: 'could not be reached, like every other',
  left_out_client_gone: 'was left when the client went away',
  left_out_until: '{{what}} until {{until_ms}}',
} as const

/** The same of several channels, where English says it otherwise. */
const SEVERAL = {
  several_no_count_tokens: 'do not count tokens',
  several_paused: 'are paused by an operator',
  several_breaker_open: 'failed too often and are left alone',
  several_probing: 'are being tested by one other request',
  several_limited: 'are rate limited',
  several_out_of_credit: 'are out of credit or over their spend limit',
  several_model_missing: 'do not have this model',
  several_overloaded: 'are overloaded',
  counted: '{{number}} {{what}}',
  both: '{{one}}, {{other}}',
} as const

/** What became of one request. */
const EXPLANATION = {
  told_probe: 'A probe: the gateway asked by itself whether the channel works.',
  told_warm: 'The session’s cache was warm on {{channel}}.',
  told_candidate: '{{place}}. {{channel}}.',
  told_last: '{{place}}. {{channel}}, last, since it {{why}}.',
  told_left_out: 'Not {{channel}}: it {{why}}.',
  told_attempt: 'Attempt {{place}}, {{channel}}, {{duration_ms}}: it {{what}}.',
  told_rewritten: 'About {{tokens}} tokens that another channel’s cache held had to be written again.',
  told_own_answer: 'The gateway itself answered {{status}} ({{error}}): {{message}}.',
  attempt_answered: 'answered {{status}}',
  attempt_ended: 'ended',
  attempt_ended_as: '{{what}} ({{result}})',
  channel_deleted: 'channel {{id}}, which was deleted',
} as const

export const REASONS = {
  ...VERDICTS,
  ...FAULTS,
  ...ANSWERS,
  ...HEALTH,
  ...LEFT_OUT,
  ...SEVERAL,
  ...EXPLANATION,
  ...ERROR_REASONS,
} as const
