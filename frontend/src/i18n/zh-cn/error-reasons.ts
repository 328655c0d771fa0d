/** What clients are told in the gateway's own errors, in Simplified Chinese, for those who read the log. */

const AGAIN = '请稍后重试；网关的管理员可在日志中查看原因。'
const WANTED = '请发送一个含有 "model" 和 "messages" 的 JSON 对象。'

const noAnswer = {
  error_chosen_disabled: '所指定的渠道已停用。',
  error_chosen_paused: '所指定的渠道已暂停。',
  error_chosen_without_model: '所指定的渠道不提供模型 {{model}}。',
  error_no_channel: '此网关还没有渠道，管理员可在控制台中添加。',
  error_all_disabled: '此网关的所有渠道都已被管理员停用。',
  error_all_paused: '可处理此请求的渠道都已被网关的管理员暂停。',
  error_none_now: '目前没有渠道可以处理此请求：{{counted}}。请在 {{seconds}} 秒后重试。',
  error_none_of_ours: '目前没有渠道可以处理此请求：{{counted}}。网关的管理员可查看原因。',
  error_none_counts: '此网关的上游都不支持计算 Token。',
  error_none_counts_model: '此网关的上游都不支持为该模型计算 Token。',
  error_model_not_served: '此网关没有渠道提供模型 {{model}}。请换一个模型，或请管理员添加映射。',
  error_all_taken: '所有渠道都已在此期间被其他请求占用。请立即重试。',
  error_none_in_time: `没有上游及时应答。${AGAIN}`,
  error_all_failed: `所有上游都未能应答此请求。${AGAIN}`,
  error_accounts_refused: '网关的上游账号目前都无法处理此请求；管理员可查看原因。',
  error_network_down: '所有上游都无法连接：网关自身的网络似乎已中断。',
  error_none_reached: `所有上游都无法连接。${AGAIN}`,
  error_client_left: '客户端已离开。',
  error_internal: '网关发生内部错误，详情见其日志。',
}

const key = {
  error_no_key: '没有发送网关密钥。请将 ANTHROPIC_AUTH_TOKEN 设为此网关的密钥（gk-…）。',
  error_key_unknown: '此网关不认识所发送的密钥。请将 ANTHROPIC_AUTH_TOKEN 设为此网关的密钥（gk-…）。',
  error_key_replaced: '此网关密钥的这一串已被替换。请将 ANTHROPIC_AUTH_TOKEN 设为新的一串。',
  error_key_disabled: '此网关密钥已停用。请联系网关的管理员启用。',
  error_key_expired: '此网关密钥已于 {{expired_at_ms}} 过期。请向网关的管理员索取新密钥。',
  error_key_address: '此网关密钥不可从 {{address}} 使用。请联系网关的管理员。',
  this_address: '此地址',
  error_key_model: '此网关密钥不可使用模型 {{model}}。可以使用：{{models}}。',
  error_key_requests: '此网关密钥每分钟最多 {{limit}} 个请求。请在 {{seconds}} 秒后重试。',
  error_key_tokens: '此网关密钥每分钟最多 {{limit}} 个 Token。请在 {{seconds}} 秒后重试。',
  error_key_busy: '此网关密钥同时进行的请求已达上限。请稍后重试。',
  error_budget_reserved: '正在进行的请求可能用尽此网关密钥的剩余预算。请稍后重试。',
  error_budget_resets:
    '已达消费上限 · {{resets_at_ms}}（{{zone}}）重置 · {{whose}}{{period}}预算 {{limit_nano_usd}} 已用尽：请等到重置，或联系网关的管理员增加预算',
  error_budget_spent:
    '已达消费上限 · 不会重置 · {{whose}}{{period}}预算 {{limit_nano_usd}} 已用尽：请联系网关的管理员增加预算',
  budget_of_key: '此密钥的',
  budget_of_team: '团队的',
  budget_day: '每日',
  budget_week: '每周',
  budget_month: '每月',
  budget_total: '总',
  error_may_not_choose: '此网关密钥不可指定渠道。请去掉请求头 {{header}}，或联系网关的管理员。',
  error_no_such_channel: '请求头 {{header}} 没有指向此网关的任何渠道。',
}

const request = {
  error_model_missing: '请求没有指明模型：请在内容中加入 "model"。',
  error_model_duplicated: '请求多次指明了模型：请在内容的顶层只保留一个 "model"。',
  error_model_empty: '请求的 "model" 必须是非空字符串。',
  error_no_body: `请求没有内容。${WANTED}`,
  error_bad_json: `请求内容不是有效的 JSON。${WANTED}`,
  error_bad_json_at: `请求内容不是有效的 JSON（位置 {{position}}）。${WANTED}`,
  error_bad_json_in_line: `请求内容不是有效的 JSON（位置 {{position}}，第 {{line}} 行第 {{column}} 列）。${WANTED}`,
  error_no_object: `请求内容是 JSON，但不是对象。${WANTED}`,
  error_encoding: '不支持 content-encoding {{encoding}}；请发送未压缩或 gzip 压缩的内容。',
  error_too_large: '请求内容超过 {{mebibytes}} MiB。请缩短对话（Claude Code 中可用 /compact）。',
  error_bad_gzip:
    '内容声明为 gzip，却不是有效的 gzip。请完整发送，或去掉 content-encoding 以未压缩的形式发送。',
}

export const errorReasons = { ...noAnswer, ...key, ...request }
