/** The words of sign-in and set-up. */
export const access = {
  signIn: {
    title: 'Sign in',
    lead: 'To the gateway at {{host}}',
    username: 'User name',
    password: 'Password',
    submit: 'Sign in',
    wrong: 'User name or password is wrong.',
    noOperator: 'Nobody can sign in yet',
    noOperatorHint:
      'When the gateway started, it printed a one-time set-up link. Open that link, or paste its token on the next page.',
    goSetup: 'Set up the gateway',
    holdKey: 'I hold a key: my own usage',
    goOn: 'Sign in to go on where you were.',
  },
  setup: {
    title: 'Set up your gateway',
    lead: 'Create the first operator: the one who adds channels and hands out keys.',
    token: 'Set-up token',
    tokenHint: 'From the link that the gateway printed at its start.',
    passwordHint: 'At least 10 characters. It cannot be shown again.',
    submit: 'Create operator and sign in',
    done: 'This gateway is set up already',
    doneHint: 'An operator exists. The set-up link works once only.',
    wrongToken: 'This link is not valid, or has been used. The gateway prints a new one when it restarts.',
  },
}
