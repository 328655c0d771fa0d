/** The words of sign-in and set-up, in Simplified Chinese. */
export const access = {
  signIn: {
    title: '登录',
    lead: '网关 {{host}}',
    username: '用户名',
    password: '密码',
    submit: '登录',
    wrong: '用户名或密码不正确。',
    noOperator: '还没有人可以登录',
    noOperatorHint: '网关启动时打印了一个一次性的初始化链接。打开该链接，或在下一页粘贴其中的令牌。',
    goSetup: '初始化网关',
    holdKey: '我持有密钥：查看我的用量',
    goOn: '登录后回到刚才的页面。',
  },
  setup: {
    title: '初始化网关',
    lead: '创建第一个管理员，由其添加渠道、分发密钥。',
    token: '初始化令牌',
    tokenHint: '来自网关启动时打印的链接。',
    passwordHint: '至少 10 个字符，之后无法再次查看。',
    submit: '创建管理员并登录',
    done: '此网关已完成初始化',
    doneHint: '管理员已存在，初始化链接只能使用一次。',
    wrongToken: '链接无效或已被使用。重启网关会打印新的链接。',
  },
}
