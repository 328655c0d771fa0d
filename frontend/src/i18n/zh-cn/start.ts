/** The words of the first steps, and of the block for Claude Code, in Simplified Chinese. */
export const start = {
  claudeCode: {
    form: '用在哪里',
    forms: { shell: '终端', settings: 'settings.json' },
    places: {
      shell: '粘贴到终端，或写入 shell 的配置文件',
      settings: '~/.claude/settings.json，或项目中的 .claude/settings.json',
    },
    options: {
      cacheHour: {
        name: '提示缓存保留一小时',
        hint: '写入缓存按输入价的 2 倍计，而不是 1.25 倍；但停顿六分钟也不会再丢失缓存。',
      },
      discovery: {
        name: '在 /model 中列出此网关的模型',
        hint: 'Claude Code 会向网关询问有哪些模型，其中包括你映射的名称。',
      },
      smallModel: {
        name: '指定小模型',
        hint: 'Claude Code 用它生成标题和摘要。如果你的渠道对它另有叫法，请在此设置。',
      },
    },
  },
  start: {
    title: '开始使用',
    lead: '四步，从零到第一个请求。',
    done: '已完成',
    channel: {
      title: '添加渠道',
      hint: '一个上游账号：对方给你的地址和密钥。',
      test: '先测试',
      there: '已有渠道 {{name}}。',
      off: '{{name}} 已停用：没有渠道接收请求。',
      toList: '前往渠道页面',
      another: '再添加一个',
    },
    key: {
      title: '创建密钥',
      hint: '客户端向此网关出示的凭据。',
      name: '给谁用，或用于什么',
      there: '你已有密钥。它的内容只在创建时显示过一次。',
      made: '{{name}} 已就绪。它的内容在下面的代码块中，只显示这一次。',
      another: '再创建一个',
    },
    setup: {
      title: '让 Claude Code 使用此网关',
      hint: '复制代码块，然后在同一终端中启动 claude。',
      standIn: '你的网关密钥',
    },
    request: {
      title: '等待第一个请求',
      hint: '随便问 Claude Code 一个问题。',
      waiting: '正在等待第一个请求……',
      arrived: '请求已到达。',
      see: '查看它的完整路径',
      on: '前往请求',
    },
  },
}
