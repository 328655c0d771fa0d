/** The words of the mappings page, in Simplified Chinese. */
export const mappings = {
  mappings: {
    title: '模型映射',
    lead: '客户端请求的模型名，以及实际向上游请求的模型名。',
    add: '添加映射',
    edit: '编辑映射',
    empty: '还没有映射',
    emptyHint: '没有映射时，模型名原样发往上游。如果上游对模型另有叫法，就在这里添加一条。',
    display: '客户端请求',
    displayHint: '模型名，或以 * 结尾的前缀；最长的匹配优先。',
    upstream: '向上游请求',
    channel: '渠道',
    everyChannel: '所有渠道',
    created: '映射已添加。',
    deleteTitle: '删除 {{name}} 的映射？',
    deleteHint: '之后该模型名将原样发往上游。',
  },
}
